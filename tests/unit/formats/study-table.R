# The study table of anakinra-misc out of the data frames that load.R gives, by base R alone and by nothing of the
# application: what it says must be what `report study-table` says. Prints one line a figure: row, name, value.
arguments <- commandArgs(trailingOnly = TRUE)
cahier_folder <- arguments[1]
source(file.path(cahier_folder, "load.R"))

figure <- function(row, ...) {
  values <- list(...)
  for (name in names(values)) cat(row, name, format(values[[name]], digits = 15), "\n", sep = "\t")
}
of_subject <- function(frame, column, subjects) frame[[column]][match(subjects, frame$SUBJID)]
share <- function(row, met) figure(row, count = sum(met, na.rm = TRUE), of = length(met))
spread <- function(row, x) {
  x <- x[!is.na(x)]
  quarters <- unname(quantile(x, c(0.25, 0.5, 0.75)))
  figure(row, mean = mean(x), sd = sd(x), q1 = quarters[1], median = quarters[2], q3 = quarters[3], min = min(x), max = max(x))
}
change <- function(row, first, second) {
  both <- !is.na(first) & !is.na(second)
  first <- first[both]
  second <- second[both]
  test <- suppressWarnings(wilcox.test(first, second, paired = TRUE))
  figure(row, pairs = sum(both), firstMedian = median(first), secondMedian = median(second),
    differenceMedian = median(second - first), falls = sum(second < first), rises = sum(second > first),
    statistic = unname(test$statistic), p = test$p.value)
}

enr <- cahier$ENR
misc <- enr$SUBJID[enr$enr_noopp %in% "Yes" & enr$enr_misc %in% "Yes"]
doses <- subset(cahier$ANX, is.na(anx_missed) & !is.na(anx_dt))
t0 <- tapply(as.numeric(doses$anx_dt), doses$SUBJID, min)
treated <- intersect(misc, doses$SUBJID[doses$anx_route %in% "Subcutaneous"])
T0 <- t0[treated]

figure("misc_children", count = length(misc))
share("treated", misc %in% treated)
dm <- function(column) of_subject(cahier$DM, column, treated)
share("girls", dm("dm_sex") == "Female")
spread("age", dm("dm_age"))

# What is derived for the whole course stands in the row of one dose.
course <- subset(cahier$ANX, !is.na(anx_days))
anx <- function(column) of_subject(course, column, treated)
spread("follow_up", anx("fup_mo"))

and <- function(column) of_subject(cahier$AND, column, treated)
codes <- function(list) cahier_codes[[list]]$codes
code_of <- function(x, list) codes(list)[match(as.character(x), cahier_codes[[list]]$labels)]
ind_list <- cahier_datasets$AND$lists[cahier_datasets$AND$names == "and_ind"]
indication <- code_of(and("and_ind"), ind_list)
share("indication_mas", indication == "MAS")
share("indication_hf", indication == "HF")
share("indication_other", indication %in% c("BOTH", "FEV", "OTH"))
share("cst_before", and("and_prior_cs") == "Yes")
share("ivig_before", and("and_prior_ig") == "Yes")
line_list <- cahier_datasets$AND$lists[cahier_datasets$AND$names == "line_before"]
line <- if (is.na(line_list)) and("line_before") else code_of(and("line_before"), line_list)
share("ivig_only", line == "IVIG")
share("cst_only", line == "CST")
share("ivig_and_cst", line == "BOTH")
share("neither_before", line == "NONE")
with_ivig <- treated[and("and_prior_ig") %in% "Yes"]
stopped <- with(cahier$IG, SUBJID[as.numeric(ig_sdt) < t0[SUBJID] & ig_tol_2 %in% 1 & ig_act_3 %in% 1])
share("ivig_stopped", with_ivig %in% stopped)

spread("dose", anx("anx_avg_mgkgd"))
spread("duration", anx("anx_days"))

echo <- cahier$EC[!is.na(cahier$EC$ec_ef), ]
echo <- echo[order(echo$SUBJID, echo$ec_dt), ]
failing <- treated[indication %in% c("HF", "BOTH")]
# A censored result (">55 %") says that it is above, and is no number of its own.
exact <- function(rows) ifelse(rows$ec_ef_REL == "=", rows$ec_ef, NA)
before <- subset(echo, VISIT == "PRE" & SUBJID %in% failing)
spread("lvef_before", vapply(split(exact(before), before$SUBJID), function(x) x[length(x)], 0))

aim <- T0 + 48 * 3600
late <- lapply(treated, function(subject) {
  own <- echo[echo$SUBJID == subject, ]
  off <- abs(as.numeric(own$ec_dt) - aim[[subject]])
  own <- own[off <= 12 * 3600, ]
  own[which.min(abs(as.numeric(own$ec_dt) - aim[[subject]])), ]
})
late <- do.call(rbind, late)
spread("lvef_48", exact(late))
share("lvef_48_normal", (late$ec_ef > 55 & late$ec_ef_REL == "=") | (late$ec_ef >= 55 & late$ec_ef_REL == ">"))

marker <- function(column) ifelse(anx(paste0(column, "_REL")) %in% c("=", NA), anx(column), NA)
change("troponin_i", marker("tni_pre"), marker("tni_48"))
change("troponin_t", marker("tnt_pre"), marker("tnt_48"))
change("nt_probnp", marker("ntbnp_pre"), marker("ntbnp_48"))
change("crp", marker("crp_pre"), marker("crp_48"))

ae <- cahier$AE
list_of <- function(sheet, column) with(cahier_datasets[[sheet]], lists[names == column])
ae_code <- function(column) code_of(ae[[column]], list_of("AE", column))
after <- ae_code("ae_cat") %in% "TRANS" & as.numeric(as.POSIXct(ae$ae_sdt)) >= floor(t0[ae$SUBJID] / 86400) * 86400
mild <- after & ae$ae_trt %in% "No" & ae_code("ae_act") %in% "NONE" & ae_code("ae_out") %in% "RECOVERED"
share("transaminases", treated %in% ae$SUBJID[after])
share("transaminases_mild", treated %in% ae$SUBJID[mild])
figure("transaminase_events", events = sum(after & ae$SUBJID %in% treated), subjects = length(unique(ae$SUBJID[after])))

fu <- cahier$FU
left <- code_of(of_subject(cahier$DSC, "dsc_type", treated), list_of("DSC", "dsc_type"))
fu_state <- code_of(fu$fu_stat, list_of("FU", "fu_stat"))
share("deaths", left %in% "DEATH" | treated %in% cahier$DTH$SUBJID | treated %in% fu$SUBJID[fu_state %in% "DEAD"])
alive <- treated[!left %in% "DEATH" & !treated %in% cahier$DTH$SUBJID]
left_with <- function(frame, prefix) rowSums(frame[paste0(prefix, c("LV", "COR", "THROMB", "NEURO", "OTH"))], na.rm = TRUE) > 0
with_sequelae <- c(
  cahier$DSC$SUBJID[left_with(cahier$DSC, "dsc_seq_")],
  fu$SUBJID[fu_state %in% "ALIVE" & left_with(fu, "fu_seq_")])
share("sequelae", alive %in% with_sequelae)
