CREATE VIEW body_list AS
-- One row a body: a publisher over years, names and sites. doubts is NULL where nothing about it is uncertain.
SELECT
    body.id AS body_id,
    body.name AS body,
    body.level,
    NULLIF(body.division_code, '') AS division_code,
    county.authority AS division_authority,
    county.year AS division_year,
    province.name AS province,
    city.name AS city,
    CASE WHEN county.tier = 'county' THEN county.name END AS county,
    body.organisation_code,
    body.credit_code,
    body.key AS body_key,
    body.matched_by,
    body.doubts,
    (SELECT COUNT(*) FROM publisher WHERE publisher.body_id = body.id) AS names,
    (SELECT COUNT(*) FROM report JOIN publisher ON publisher.id = report.publisher_id
      WHERE publisher.body_id = body.id) AS reports,
    (SELECT MIN(report.report_year) FROM report JOIN publisher ON publisher.id = report.publisher_id
      WHERE publisher.body_id = body.id) AS first_year,
    (SELECT MAX(report.report_year) FROM report JOIN publisher ON publisher.id = report.publisher_id
      WHERE publisher.body_id = body.id) AS last_year
FROM body
LEFT JOIN division AS county ON county.code = SUBSTR(body.division_code, 1, 6)
LEFT JOIN division AS province ON province.code = SUBSTR(body.division_code, 1, 2) || '0000'
LEFT JOIN division AS city ON city.code = SUBSTR(body.division_code, 1, 4) || '00' AND city.tier = 'city'
