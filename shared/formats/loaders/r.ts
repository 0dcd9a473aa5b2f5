/**
 * load.R: base R alone, version 4.1 or newer. Gives a list of data frames by sheet; coded columns are factors, dates are
 * Date, date-times POSIXct (the wall clock of the site, held as UTC), and every column has its label as an attribute.
 */
import { assertNever } from '../../assert-never.ts';
import type { Dataset, LoadedColumn, LoadedStudy } from './described.ts';

export function rLoader({ study, datasets, lists }: LoadedStudy): string {
  return [
    `# Loads the CSV files of ${study}. Use: source("load.R", chdir = TRUE); then cahier$VS, cahier$LB ...`,
    '# or cahier_folder <- "where/the/files/are"; source("where/the/files/are/load.R").',
    '',
    'cahier_codes <- list(',
    lists
      .map(({ id, codes }) => {
        const values = codes.map(({ code }) => rText(code)).join(', ');
        const labels = distinct(codes.map(({ code, label }) => [code, label.en]))
          .map(rText)
          .join(', ');
        return `  ${rName(id)} = list(codes = c(${values}), labels = c(${labels}))`;
      })
      .join(',\n'),
    ')',
    '',
    'cahier_datasets <- list(',
    datasets.map(dataset).join(',\n'),
    ')',
    '',
    functions,
    '',
  ].join('\n');
}

function dataset({ name, file, label, columns }: Dataset): string {
  const vector = (of: (column: LoadedColumn) => string): string => `c(${columns.map(of).join(', ')})`;
  return [
    `  ${rName(name)} = list(`,
    `    file = ${rText(file)}, label = ${rText(label)},`,
    `    names = ${vector((column) => rText(column.name))},`,
    `    kinds = ${vector((column) => rText(kindOf(column)))},`,
    `    lists = ${vector(({ list }) => (list === null ? 'NA_character_' : rText(list)))},`,
    `    labels = ${vector((column) => rText(column.label))})`,
  ].join('\n');
}

function kindOf({ kind, list }: LoadedColumn): string {
  switch (kind) {
    case 'text':
      return list === null ? 'text' : 'code';
    case 'integer':
    case 'decimal':
    case 'date':
    case 'date-time':
      return kind;
    default:
      return assertNever(kind);
  }
}

/** Levels of a factor are told apart by their labels. */
function distinct(codes: readonly (readonly [code: string, label: string])[]): readonly string[] {
  const labels = codes.map(([, label]) => label);
  return codes.map(([code, label]) =>
    labels.filter((other) => other === label).length > 1 ? `${label} (${code})` : label,
  );
}

/** ASCII alone, whatever the locale in which R reads it. */
export function rText(text: string): string {
  const escaped = text.replace(/[\\"]/gu, '\\$&').replace(/[^\u0020-\u007E]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\U{${code.toString(16)}}`;
  });
  return `"${escaped}"`;
}

const rName = (name: string): string => `\`${name.replace(/[`\\]/gu, '_')}\``;

const functions = `
# Takes back what keeps a spreadsheet from running a text, and shows characters that XML can't hold.
cahier_text <- function(x) {
  x <- sub("^'('*[-=+@\\t\\r].)", "\\\\1", x, perl = TRUE)
  for (i in which(grepl("_x[0-9A-Fa-f]{4}_", x))) {
    found <- gregexpr("_x[0-9A-Fa-f]{4}_", x[i])
    regmatches(x[i], found) <- list(vapply(regmatches(x[i], found)[[1]], function(escape) {
      code <- strtoi(substr(escape, 3, 6), 16L)
      if (code == 0L) "\\U{fffd}" else intToUtf8(code)
    }, ""))
  }
  x
}

cahier_column <- function(x, kind, list) {
  switch(kind,
    text = cahier_text(x),
    integer = if (all(abs(as.numeric(x)) <= .Machine$integer.max, na.rm = TRUE)) as.integer(x) else as.numeric(x),
    decimal = as.numeric(x),
    date = as.Date(x, format = "%Y-%m-%d"),
    "date-time" = as.POSIXct(x, format = "%Y-%m-%dT%H:%M", tz = "UTC"),
    code = {
      known <- cahier_codes[[list]]
      x <- cahier_text(x)
      # A code that the list doesn't have any more is kept as it is.
      strange <- setdiff(unique(x[!is.na(x)]), known$codes)
      factor(x, levels = c(known$codes, strange), labels = c(known$labels, strange))
    })
}

load_cahier <- function(folder = ".") {
  lapply(cahier_datasets, function(set) {
    raw <- read.csv(file.path(folder, set$file), header = TRUE, colClasses = "character", na.strings = "",
      check.names = FALSE, encoding = "UTF-8", comment.char = "", strip.white = FALSE, fill = FALSE)
    if (ncol(raw) != length(set$names)) stop(set$file, " does not have the columns of this export")
    names(raw) <- set$names
    for (i in seq_along(set$names)) {
      raw[[i]] <- cahier_column(raw[[i]], set$kinds[i], set$lists[i])
      attr(raw[[i]], "label") <- set$labels[i]
    }
    attr(raw, "label") <- set$label
    raw
  })
}

cahier <- load_cahier(if (exists("cahier_folder")) cahier_folder else ".")
`.trim();
