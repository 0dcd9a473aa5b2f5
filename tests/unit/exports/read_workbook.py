"""Reads a workbook with openpyxl and prints all of it as JSON: a reader that shares no code with the writer."""

import hashlib
import json
import os
import struct
import sys
import zipfile
from xml.etree import ElementTree
from datetime import datetime
from decimal import Decimal

try:
    import openpyxl
except ImportError:
    print("The Debian package python3-openpyxl is not installed.", file=sys.stderr)
    sys.exit(3)


def cell_of(cell):
    value = cell.value
    if value is None:
        return None
    if isinstance(value, datetime):
        return {"kind": "date", "value": iso(value, cell.number_format), "format": cell.number_format}
    kind = {"s": "text", "n": "number"}.get(cell.data_type, cell.data_type)
    return {"kind": kind, "value": value, "format": cell.number_format}


def iso(moment, number_format):
    return moment.strftime("%Y-%m-%dT%H:%M" if "hh" in number_format else "%Y-%m-%d")


# The recipe of 00_README, "SHA-256 of a sheet".
def line_of(cells):
    return "\t".join(text_of(cell) for cell in cells) + "\n"


def text_of(cell):
    if cell.value is None:
        return ""
    if isinstance(cell.value, datetime):
        return iso(cell.value, cell.number_format)
    if isinstance(cell.value, (int, float)):
        return format(Decimal(repr(cell.value)), "f")
    text = cell.value.replace("\\", "\\\\").replace("\t", "\\t")
    return text.replace("\n", "\\n").replace("\r", "\\r")


# SHA-256 of each sheet's part as it lies in the file, compressed, by the name of the sheet. A local header ends with a
# name and an extra field, whose lengths stand at 26 and 28 (APPNOTE.TXT 4.3.7).
def part_hashes(file):
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    with zipfile.ZipFile(file) as parts:
        targets = {
            one.get("Id"): one.get("Target")
            for one in ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
        }
        sheets = ElementTree.fromstring(parts.read("xl/workbook.xml")).iterfind("{*}sheets/{*}sheet")
        return {
            sheet.get("name"): packed_hash(file, parts.getinfo("xl/" + targets[sheet.get(relation)]))
            for sheet in sheets
        }


def packed_hash(file, part):
    with open(file, "rb") as stream:
        stream.seek(part.header_offset + 26)
        name, extra = struct.unpack("<HH", stream.read(4))
        stream.seek(name + extra, os.SEEK_CUR)
        return hashlib.sha256(stream.read(part.compress_size)).hexdigest()


def sheet_of(sheet):
    rows = list(sheet.iter_rows())
    hashed = hashlib.sha256()
    for row in rows:
        hashed.update(line_of(row).encode())
    return {
        "name": sheet.title,
        "state": sheet.sheet_state,
        "rows": [[cell_of(cell) for cell in row] for row in rows],
        "sha256": hashed.hexdigest(),
        "zipSha256": hashes[sheet.title],
        "freeze": sheet.freeze_panes,
        "protected": sheet.protection.sheet,
        "selectable": not (sheet.protection.selectLockedCells or sheet.protection.selectUnlockedCells),
        "quoted": [cell.coordinate for row in rows for cell in row if cell.quotePrefix],
        "filled": sum(1 for row in rows[1:] for cell in row if cell.fill.fill_type is not None),
        "password": sheet.protection.hashValue or sheet.protection.password,
        "merged": [str(area) for area in sheet.merged_cells.ranges],
        "tables": {
            table.displayName: {
                "ref": table.ref,
                "filter": table.autoFilter.ref if table.autoFilter else None,
                "columns": table.column_names,
            }
            for table in sheet.tables.values()
        },
        "hidden": [number for number, size in sheet.row_dimensions.items() if size.hidden],
        "formulas": sum(1 for row in rows for cell in row if cell.data_type == "f"),
        "notes": {cell.coordinate: cell.comment.text for cell in rows[0] if cell.comment},
        "widths": {letter: size.width for letter, size in sheet.column_dimensions.items()},
        "validations": [
            {
                "range": str(rule.sqref),
                "type": rule.type,
                "operator": rule.operator,
                "formulas": [rule.formula1, rule.formula2],
                "title": rule.errorTitle,
            }
            for rule in sheet.data_validations.dataValidation
        ],
    }


book = openpyxl.load_workbook(sys.argv[1])
hashes = part_hashes(sys.argv[1])
defined = book.defined_names
names = defined.definedName if hasattr(defined, "definedName") else defined.values()  # before and since 3.1
json.dump(
    {
        "version": openpyxl.__version__,
        "locked": bool(book.security and book.security.lockStructure),
        "names": {name.name: name.attr_text for name in names},
        "sheets": [sheet_of(sheet) for sheet in book.worksheets],
    },
    sys.stdout,
)
