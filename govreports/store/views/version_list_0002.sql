CREATE VIEW version_list AS
-- One row a version of a report, with the version in whose place it was published (times in UTC).
SELECT
    report_version.report_id,
    report_version.number AS version,
    report_version.is_current,
    report_version.first_seen,
    report_version.last_seen,
    report_version.title,
    report_version.index_number,
    report_version.document_number,
    report_version.issued_on,
    report_version.published_on,
    document.source_url,
    earlier.number AS replaces,
    -- 'correction', 'new_index_number', 'republished' or 'edited'.
    replacement.change
FROM report_version
JOIN document ON document.id = report_version.document_id
LEFT JOIN replacement ON replacement.version_id = report_version.id
LEFT JOIN report_version AS earlier ON earlier.id = replacement.replaces_id
