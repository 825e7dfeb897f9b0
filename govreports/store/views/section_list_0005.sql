CREATE VIEW section_list AS
-- One row a numbered section of the current version of each report.
SELECT
    report_version.report_id,
    section.position,
    section.number,
    section.heading,
    section.text
FROM section
JOIN report_version ON report_version.id = section.version_id AND report_version.is_current
