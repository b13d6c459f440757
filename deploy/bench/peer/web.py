"""The web application: submits tasks, shows their results, and passes requests on to the user service."""

import asyncio
import os

import httpx
from celery.result import AsyncResult
from fastapi import FastAPI, HTTPException
from fastapi.responses import FileResponse
from pydantic import BaseModel
from tasks import SHEETS, celery, make_sheet

app = FastAPI()
users = httpx.AsyncClient(base_url=os.environ["USER_SERVICE_URL"])


class NewSheet(BaseModel):
    billing_date: str


@app.post("/tasks", status_code=202)
def submit(new_sheet: NewSheet):
    task = make_sheet.delay(new_sheet.billing_date)
    return {"task_id": task.id}


@app.get("/tasks/{task_id}")
def read_task(task_id: str):
    task = AsyncResult(task_id, app=celery)
    meta = task.backend.get_task_meta(task_id)
    return {"task_id": task_id, "status": meta["status"], "date_done": meta.get("date_done"), "result": str(meta["result"])}


@app.get("/sheets/{task_id}")
def download(task_id: str):
    return FileResponse(SHEETS / f"{task_id}.csv", media_type="text/csv")


@app.get("/users/{user_id}")
async def read_user(user_id: int):
    answer = await users.get(f"/users/{user_id}")
    if answer.status_code != 200:
        raise HTTPException(status_code=answer.status_code)
    return answer.json()


@app.get("/slow")
async def slow(seconds: float):
    await asyncio.sleep(seconds)
    return {"slept": seconds}
