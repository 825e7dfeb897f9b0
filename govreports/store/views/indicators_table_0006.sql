CREATE VIEW indicators_table AS
-- One row a report with the table “政府信息公开情况统计表”, one column a cell: row__column__unit in the codes of the forms.
-- NULL where no number stands; an amount in another unit than the column's is NULL, too (report_facts has it).
SELECT
    report.id AS report_id,
    publisher.body_id,
    COALESCE(body.name, publisher.name) AS body,
    COALESCE(NULLIF(body.division_code, ''), NULLIF(publisher.division_code, ''), portal.division_code)
        AS division_code,
    report.report_year,
    report.scope,
    version_summary.indicators_form AS form,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'proactive_items' AND cell.column_code = 'value'))
        AS proactive_items__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'proactive_normative_documents' AND cell.column_code = 'value'))
        AS proactive_normative_documents__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'normative_documents_issued' AND cell.column_code = 'value'))
        AS normative_documents_issued__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'channel_gazette' AND cell.column_code = 'value'))
        AS channel_gazette__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'channel_website' AND cell.column_code = 'value'))
        AS channel_website__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'channel_weibo' AND cell.column_code = 'value'))
        AS channel_weibo__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'channel_wechat' AND cell.column_code = 'value'))
        AS channel_wechat__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'channel_other' AND cell.column_code = 'value'))
        AS channel_other__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'response_hot_topics' AND cell.column_code = 'value'))
        AS response_hot_topics__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'press_conferences' AND cell.column_code = 'value'))
        AS press_conferences__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'press_conferences_principal' AND cell.column_code = 'value'))
        AS press_conferences_principal__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'online_interviews' AND cell.column_code = 'value'))
        AS online_interviews__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'online_interviews_principal' AND cell.column_code = 'value'))
        AS online_interviews_principal__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'policy_interpretations' AND cell.column_code = 'value'))
        AS policy_interpretations__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'weibo_wechat_responses' AND cell.column_code = 'value'))
        AS weibo_wechat_responses__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'other_responses' AND cell.column_code = 'value'))
        AS other_responses__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'requests_received' AND cell.column_code = 'value'))
        AS requests_received__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'received_in_person' AND cell.column_code = 'value'))
        AS received_in_person__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'received_fax' AND cell.column_code = 'value'))
        AS received_fax__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'received_online' AND cell.column_code = 'value'))
        AS received_online__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'received_letter' AND cell.column_code = 'value'))
        AS received_letter__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'requests_concluded' AND cell.column_code = 'value'))
        AS requests_concluded__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'concluded_on_time' AND cell.column_code = 'value'))
        AS concluded_on_time__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'concluded_extended' AND cell.column_code = 'value'))
        AS concluded_extended__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'replies' AND cell.column_code = 'value'))
        AS replies__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_already_public' AND cell.column_code = 'value'))
        AS reply_already_public__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_granted' AND cell.column_code = 'value'))
        AS reply_granted__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_partially_granted' AND cell.column_code = 'value'))
        AS reply_partially_granted__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_refused' AND cell.column_code = 'value'))
        AS reply_refused__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'refused_state_secret' AND cell.column_code = 'value'))
        AS refused_state_secret__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'refused_trade_secret' AND cell.column_code = 'value'))
        AS refused_trade_secret__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'refused_privacy' AND cell.column_code = 'value'))
        AS refused_privacy__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'refused_security_stability' AND cell.column_code = 'value'))
        AS refused_security_stability__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'refused_not_government_information' AND cell.column_code = 'value'))
        AS refused_not_government_information__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'refused_other_legal' AND cell.column_code = 'value'))
        AS refused_other_legal__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_not_this_agency' AND cell.column_code = 'value'))
        AS reply_not_this_agency__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_not_exist' AND cell.column_code = 'value'))
        AS reply_not_exist__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_amend' AND cell.column_code = 'value'))
        AS reply_amend__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_other_channel' AND cell.column_code = 'value'))
        AS reply_other_channel__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'review_total' AND cell.column_code = 'value'))
        AS review_total__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'review_upheld' AND cell.column_code = 'value'))
        AS review_upheld__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'review_corrected' AND cell.column_code = 'value'))
        AS review_corrected__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'review_other' AND cell.column_code = 'value'))
        AS review_other__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'litigation_total' AND cell.column_code = 'value'))
        AS litigation_total__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'litigation_upheld' AND cell.column_code = 'value'))
        AS litigation_upheld__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'litigation_corrected' AND cell.column_code = 'value'))
        AS litigation_corrected__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'litigation_other' AND cell.column_code = 'value'))
        AS litigation_other__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'complaints_total' AND cell.column_code = 'value'))
        AS complaints_total__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'request_fees' AND cell.column_code = 'value'))
        AS request_fees__value__wan_yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'capacity_units' AND cell.column_code = 'value'))
        AS capacity_units__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'capacity_reading_points' AND cell.column_code = 'value'))
        AS capacity_reading_points__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'capacity_staff' AND cell.column_code = 'value'))
        AS capacity_staff__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'capacity_staff_full_time' AND cell.column_code = 'value'))
        AS capacity_staff_full_time__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'capacity_staff_part_time' AND cell.column_code = 'value'))
        AS capacity_staff_part_time__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'capacity_budget' AND cell.column_code = 'value'))
        AS capacity_budget__value__wan_yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'meetings' AND cell.column_code = 'value'))
        AS meetings__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'training_sessions' AND cell.column_code = 'value'))
        AS training_sessions__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'training_participants' AND cell.column_code = 'value'))
        AS training_participants__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'proactive_items_cumulative' AND cell.column_code = 'value'))
        AS proactive_items_cumulative__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'proactive_fulltext' AND cell.column_code = 'value'))
        AS proactive_fulltext__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'normative_documents_new' AND cell.column_code = 'value'))
        AS normative_documents_new__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'service_information' AND cell.column_code = 'value'))
        AS service_information__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'website_visits' AND cell.column_code = 'value'))
        AS website_visits__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'in_person_visitors' AND cell.column_code = 'value'))
        AS in_person_visitors__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'online_enquiries' AND cell.column_code = 'value'))
        AS online_enquiries__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'phone_enquiries' AND cell.column_code = 'value'))
        AS phone_enquiries__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'on_request_catalogue_items' AND cell.column_code = 'value'))
        AS on_request_catalogue_items__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'received_email' AND cell.column_code = 'value'))
        AS received_email__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'received_other' AND cell.column_code = 'value'))
        AS received_other__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_refused_not_government_information' AND cell.column_code = 'value'))
        AS reply_refused_not_government_information__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_refused_not_exist' AND cell.column_code = 'value'))
        AS reply_refused_not_exist__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_refused_not_held' AND cell.column_code = 'value'))
        AS reply_refused_not_held__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_refused_unclear' AND cell.column_code = 'value'))
        AS reply_refused_unclear__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_refused_exempt_1' AND cell.column_code = 'value'))
        AS reply_refused_exempt_1__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_refused_exempt_2' AND cell.column_code = 'value'))
        AS reply_refused_exempt_2__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_refused_exempt_3' AND cell.column_code = 'value'))
        AS reply_refused_exempt_3__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_refused_exempt_4' AND cell.column_code = 'value'))
        AS reply_refused_exempt_4__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_refused_exempt_5' AND cell.column_code = 'value'))
        AS reply_refused_exempt_5__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_refused_exempt_6' AND cell.column_code = 'value'))
        AS reply_refused_exempt_6__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_refused_other' AND cell.column_code = 'value'))
        AS reply_refused_other__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'complaints_dissatisfied' AND cell.column_code = 'value'))
        AS complaints_dissatisfied__value__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'fees_total' AND cell.column_code = 'value'))
        AS fees_total__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'fees_proactive' AND cell.column_code = 'value'))
        AS fees_proactive__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'fees_proactive_postage' AND cell.column_code = 'value'))
        AS fees_proactive_postage__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'fees_proactive_delivery' AND cell.column_code = 'value'))
        AS fees_proactive_delivery__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'fees_proactive_copies_paper' AND cell.column_code = 'value'))
        AS fees_proactive_copies_paper__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'fees_proactive_copies_cd' AND cell.column_code = 'value'))
        AS fees_proactive_copies_cd__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'fees_proactive_copies_floppy' AND cell.column_code = 'value'))
        AS fees_proactive_copies_floppy__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'fees_on_request' AND cell.column_code = 'value'))
        AS fees_on_request__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'fees_on_request_search' AND cell.column_code = 'value'))
        AS fees_on_request_search__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'fees_on_request_postage' AND cell.column_code = 'value'))
        AS fees_on_request_postage__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'fees_on_request_delivery' AND cell.column_code = 'value'))
        AS fees_on_request_delivery__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'fees_on_request_copies_paper' AND cell.column_code = 'value'))
        AS fees_on_request_copies_paper__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'fees_on_request_copies_cd' AND cell.column_code = 'value'))
        AS fees_on_request_copies_cd__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'fees_on_request_copies_floppy' AND cell.column_code = 'value'))
        AS fees_on_request_copies_floppy__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'capacity_special_funds' AND cell.column_code = 'value'))
        AS capacity_special_funds__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'capacity_handling_costs' AND cell.column_code = 'value'))
        AS capacity_handling_costs__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.unit IS NULL AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'capacity_litigation_costs' AND cell.column_code = 'value'))
        AS capacity_litigation_costs__value__yuan,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'proactive_items' AND cell.column_code = 'cumulative'))
        AS proactive_items__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'channel_website' AND cell.column_code = 'cumulative'))
        AS channel_website__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'channel_gazette' AND cell.column_code = 'cumulative'))
        AS channel_gazette__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'requests_received' AND cell.column_code = 'cumulative'))
        AS requests_received__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'received_in_person' AND cell.column_code = 'cumulative'))
        AS received_in_person__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'received_fax' AND cell.column_code = 'cumulative'))
        AS received_fax__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'received_email' AND cell.column_code = 'cumulative'))
        AS received_email__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'received_online' AND cell.column_code = 'cumulative'))
        AS received_online__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'received_letter' AND cell.column_code = 'cumulative'))
        AS received_letter__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'received_other' AND cell.column_code = 'cumulative'))
        AS received_other__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'replies' AND cell.column_code = 'cumulative'))
        AS replies__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_granted' AND cell.column_code = 'cumulative'))
        AS reply_granted__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_partially_granted' AND cell.column_code = 'cumulative'))
        AS reply_partially_granted__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'reply_refused' AND cell.column_code = 'cumulative'))
        AS reply_refused__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'review_total' AND cell.column_code = 'cumulative'))
        AS review_total__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'litigation_total' AND cell.column_code = 'cumulative'))
        AS litigation_total__cumulative__n,
    (SELECT CAST(fact.value AS NUMERIC) FROM fact WHERE fact.version_id = report_version.id AND fact.cell_id IN (
        SELECT cell.id FROM cell WHERE cell.table_code = 'indicators' AND cell.row_code = 'complaints_total' AND cell.column_code = 'cumulative'))
        AS complaints_total__cumulative__n
FROM report
JOIN portal ON portal.id = report.portal_id
LEFT JOIN publisher ON publisher.id = report.publisher_id
LEFT JOIN body ON body.id = publisher.body_id
JOIN report_version ON report_version.report_id = report.id AND report_version.is_current
JOIN version_summary ON version_summary.version_id = report_version.id
WHERE version_summary.indicators_form IS NOT NULL
