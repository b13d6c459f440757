"""The user service."""

from fastapi import FastAPI, HTTPException
from models import Account, UsersSession
from pydantic import BaseModel

app = FastAPI()


class User(BaseModel):
    id: int
    name: str
    email: str
    username: str

    class Config:
        orm_mode = True


@app.get("/users/{user_id}", response_model=User)
def read_user(user_id: int):
    with UsersSession() as session:
        account = session.get(Account, user_id)
        if account is None:
            raise HTTPException(status_code=404)
        return account
