CREATE VIEW body_aliases AS
-- One row a name of a body, with the years of the reports that print it.
SELECT
    publisher.body_id,
    publisher.name AS alias,
    publisher.division_code AS site_division_code,
    publisher.home_code AS division_code,
    publisher.short_name,
    MIN(report.report_year) AS first_year,
    MAX(report.report_year) AS last_year,
    COUNT(*) AS reports
FROM publisher
JOIN report ON report.publisher_id = publisher.id
GROUP BY publisher.id, publisher.body_id, publisher.name, publisher.division_code, publisher.home_code,
    publisher.short_name
