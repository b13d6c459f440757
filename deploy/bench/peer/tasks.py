"""The Celery application: one task, which writes the sheet of a day."""

import csv
import os
from pathlib import Path

from celery import Celery
from celery.signals import worker_process_init
from models import Billing, BillingSession, Vendor, billing_engine
from sqlalchemy import select

SHEETS = Path(os.environ["SHEETS"])

celery = Celery("peer", broker=os.environ["BROKER_URL"], backend=os.environ["REDIS_URL"])
celery.conf.task_acks_late = True


@worker_process_init.connect
def forget_connections_of_the_parent(**_):
    billing_engine.dispose()


@celery.task(name="billing.sheet")
def make_sheet(billing_date):
    columns = (
        Billing.date_billed,
        Vendor.account_name,
        Vendor.account_number,
        Billing.reference,
        Billing.payable,
        Billing.currency,
        Billing.total_issues,
    )
    query = (
        select(*columns)
        .join(Vendor, Vendor.id == Billing.vendor_id)
        .where(Billing.date_billed == billing_date)
        .order_by(Billing.date_billed, Billing.vendor_id, Billing.id)
    )
    count = 0
    with BillingSession() as session, open(SHEETS / f"{make_sheet.request.id}.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.key for column in columns)
        for row in session.execute(query.execution_options(yield_per=1000)):
            writer.writerow(row)
            count += 1
    return {"rows": count}
