# Prints, as JSON, what R makes of paired values: Rscript reference.R first,first,… second,second,…
# Numbers are printed so that they are read back as the same double.
arguments <- commandArgs(trailingOnly = TRUE)
numbers <- function(text) as.numeric(strsplit(text, ",")[[1]])
first <- numbers(arguments[1])
second <- numbers(arguments[2])
shown <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ","), "]")
field <- function(name, x) sprintf('"%s":%s', name, x)

tested <- suppressWarnings(wilcox.test(first, second, paired = TRUE))
cat("{", paste(
  field("mean", sprintf("%.17g", mean(first))),
  field("sd", sprintf("%.17g", sd(first))),
  field("median", sprintf("%.17g", median(first))),
  field("quartiles", shown(quantile(first, c(0.25, 0.5, 0.75), type = 7, names = FALSE))),
  field("deciles", shown(quantile(first, (0:10) / 10, type = 7, names = FALSE))),
  field("range", shown(range(first))),
  field("statistic", sprintf("%.17g", unname(tested$statistic))),
  field("p", sprintf("%.17g", tested$p.value)),
  field("method", if (grepl("exact", tested$method)) '"exact"' else '"normal"'),
  sep = ","
), "}\n", sep = "")
