"""The panels, a file for each; `page_*` are the Page list's parts. A panel knows session and jobs, no other panel."""
