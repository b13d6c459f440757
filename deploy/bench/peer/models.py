"""The tables that Tallyman has too. The peer only reads them."""

import os

from sqlalchemy import Column, Date, ForeignKey, Integer, Numeric, Text, create_engine
from sqlalchemy.orm import declarative_base, sessionmaker

billing_engine = create_engine(os.environ["DATABASE_URL"], pool_size=10)
users_engine = create_engine(os.environ["USERS_DATABASE_URL"], pool_size=10)
BillingSession = sessionmaker(billing_engine)
UsersSession = sessionmaker(users_engine)

Base = declarative_base()


class Vendor(Base):
    __tablename__ = "vendor"

    id = Column(Integer, primary_key=True)
    account_name = Column(Text)
    account_number = Column(Text)


class Billing(Base):
    __tablename__ = "billing"

    id = Column(Integer, primary_key=True)
    vendor_id = Column(Integer, ForeignKey("vendor.id"))
    date_billed = Column(Date)
    reference = Column(Text)
    payable = Column(Numeric)
    currency = Column(Text)
    total_issues = Column(Integer)


class Account(Base):
    __tablename__ = "account"

    id = Column(Integer, primary_key=True)
    name = Column(Text)
    email = Column(Text)
    username = Column(Text)
