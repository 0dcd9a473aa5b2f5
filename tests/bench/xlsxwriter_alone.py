"""What is measured against: Python's XlsxWriter in constant-memory mode, with cells that lie ready in memory."""

import json
import sys
import time

try:
    import xlsxwriter
except ImportError:
    sys.exit(3)

cells_file, file = sys.argv[1:]
with open(cells_file, encoding="utf-8") as lines:
    sheets = [json.loads(line) for line in lines]

start = time.perf_counter()
book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
formats = {}
for sheet in sheets:
    for number_format in sheet["formats"]:
        if number_format not in formats:
            formats[number_format] = book.add_format({"num_format": number_format})
for sheet in sheets:
    page = book.add_worksheet(sheet["name"])
    of_columns = [formats[number_format] for number_format in sheet["formats"]]
    for number, row in enumerate(sheet["rows"]):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            if isinstance(cell, str):
                page.write_string(number, column, cell, of_columns[column])
            else:
                page.write_number(number, column, cell, of_columns[column])
book.close()
print(round((time.perf_counter() - start) * 1000, 3))
