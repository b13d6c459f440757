"""Sums the amounts of real payment files, independently of Tallyman. Usage: real_totals.py DIRECTORY

Prints for each file: name, rows that are payments, and their exact sum.
"""

import csv
import datetime
import decimal
import io
import pathlib
import re
import sys

# name, charset, delimiter, lines above the header, columns: name of the payee, amount, date and its format
FILES = [
    ("gla-2012-13-P12", "cp1252", ",", 6, "Vendor Name", "Amount", "Clearing Date", "%d %b %Y"),
    ("lambeth-2011-04", "utf-8-sig", ",", 1, "Supplier Name", "Total", None, None),
    ("lambeth-2011-11", "utf-8-sig", ",", 1, "Supplier Name", "Total", None, None),
    ("minasgerais-contratacao", "utf-8-sig", ";", 0, "Nome Empresarial/Nome Fornecedor",
     "Valor Total Homologado", "Data Criação Processo", "%d/%m/%Y"),
    ("oxford-apr-jun-2014", "utf-8-sig", ",", 0, "Supplier Name", "Amount", None, None),
    ("oxford-jan-mar-2014", "utf-8-sig", ",", 0, "supplier_name", "amount", "paid_date", "%d/%m/%Y"),
    ("oxford-jul-sep-2014", "utf-8-sig", ",", 0, "Supplier Name", "Amount", "Paid Date", "%d/%m/%Y"),
    ("phoenix-october-2017", "utf-8-sig", ",", 0, "Vendor Name", "Invoice Net Amt", "Check/Payment Date", "%m/%d/%Y"),
]


def amount(text, comma):
    text = text.strip().replace("£", "").replace("$", "")
    negative = text.startswith("(") and text.endswith(")")
    text = text.strip("()")
    text = text.replace(".", "").replace(",", ".") if comma else text.replace(",", "")
    return -decimal.Decimal(text) if negative else decimal.Decimal(text)


def payments(row, index, comma, date_format):
    payee, money, date = index
    try:
        value = amount(row[money], comma)
        if date is not None:
            datetime.datetime.strptime(re.sub(r"\s+", " ", row[date].strip()), date_format)
    except (ValueError, IndexError, decimal.InvalidOperation):
        return None
    return value if row[payee].strip() else None


def main():
    for name, charset, delimiter, above, payee, money, date, date_format in FILES:
        text = (pathlib.Path(sys.argv[1]) / (name + ".csv")).read_bytes().decode(charset)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[above:]
        header = [cell.strip() for cell in rows[0]]
        index = (header.index(payee), header.index(money), header.index(date) if date else None)
        values = [payments(row, index, delimiter == ";", date_format) for row in rows[1:] if row]
        values = [value for value in values if value is not None]
        print(name, len(values), sum(values))


main()
