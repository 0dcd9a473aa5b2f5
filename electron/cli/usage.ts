export const usage = `Usage: cahier COMMAND --dir SITE_FOLDER [options]

  init --site-code 01 --site-name NAME --user NAME   create a site folder
  demo [--replica]                                   create a practice site with sample children, or the 18
                                                     synthetic ones whose table is the published one
  study [--full]                                     what the study definition holds
  enter FILE.jsonl | -                               enter values, one change a line
  values [--subject S]                               every current value
  check [--subject S]                                run all edit checks
  history --subject S --event E --form F --item I [--row R]
                                                     the trail of one field
  verify [--against FILE.xlsx|MANIFEST.json|N:HASH]  file, trail and values still agree; and with the head that
                                                     a workbook or a backup holds, or a copy on paper shows
  export --out FILE.xlsx                             the workbook
      --preset NAME                                  as it was saved in the window; what follows changes it
      --scope signed  --subjects S,S  --forms F,F    a part of the record
      --cut 2026-01-31T12:00:00Z                     as it stood then
      --submission                                   to the pooling centre: the next one tells what changed since
      --deidentify shifted|first-dose|kept           without identifiers; dates shifted, as days, or kept
        [--free-text kept] [--keep-numbers] [--oldest-age YEARS]
  export-key --reason TEXT                           what leads de-identified exports back to their subjects
  export --format csv|loaders|dataset-json|all --out NEW_FOLDER
                                                     its sheets as CSV, with programs that load them in R, SPSS,
                                                     SAS and Stata, or as CDISC Dataset-JSON; or everything
  export --format odm --out FILE.xml                 CDISC ODM 1.3.2: definition, values, audit records
  bundle [--to age1…]… --out FILE.cahier.age         a signed bundle for a pooling centre, which only the holder of
                                                     the key can open; without --to, for those that the site keeps
  rehearse [--signed]                                what a pooling centre would reject; with --signed, every form
                                                     needs a valid signature
  keys [--signing]                                   the key to which sites encrypt for this folder, made when there
                                                     is none; with --signing, the key that its bundles are signed with
  import FILE.xlsx [--dry-run]                       a workbook of Cahier's own
  import FILE.xlsx|FILE.csv --mapping M.json [--dry-run]
                                                     a table of anybody's, by a mapping
  import FILE --guess > M.json                       proposes a mapping, to be corrected by hand
      --overwrite --reason TEXT                      take what the file says where another value stands;
                                                     without it such values are listed and left
  report study-table [--out FILE.xlsx|FILE.html] [--language en|fr]
                                                     the study's table, counted from the data
  people [rights --on 2026-01-31]                    who has an account, or who could do what on that day
  password                                           another password for --user, also where one is due: the new one
                                                     is taken from CAHIER_NEW_PASSWORD, else from the next line
                                                     of standard input, else asked for twice
  casebook --subject S [--event E] | --all [--history] --out FILE.html [--language en|fr]
                                                     casebooks as a page to print; PDF is made in the window
  crf --blank|--annotated --out FILE.html            the study's forms, for paper or with variable names
  backup [--out FOLDER]                              a verified backup in the site's backup folders, and in
                                                     FOLDER
  restore --from BACKUP --out NEW_FOLDER [--compare] a site in a new folder from a backup; with --compare, what
                                                     differs from the site of --dir
  pool FILE.xlsx… [--site-name NAME]                 takes workbooks of sites into the pool of --dir, which is made
                                                     when it is not there
  pool push --postgres URL [--schema NAME]           load a pooled folder, or a site, into PostgreSQL, or into
  pool push --parquet FOLDER                         a folder of Parquet files by site and form; all of it or
                                                     nothing, and nothing where this state stands already
      --overwrite                                    also in the place of a newer state, or another folder's
  conflicts [--kind K] [--site S]                    the conflict book of a pool
      --decide pooled|incoming|other|distinct --reason TEXT [--id N] [--value TEXT]
                                                     decides one entry, or all open ones of the kind and site

Options of every command:
  --dir SITE_FOLDER    the folder of the site
  --user NAME          who acts; not needed where there is one person only
  --password-stdin     where CAHIER_PASSWORD does not hold the password, it is
                       the first line of standard input; else it is asked for
  --json               JSON on standard output and nothing else there

Exit status: 0 done; 1 refused, or something wrong was found; 2 bad usage.
`;
