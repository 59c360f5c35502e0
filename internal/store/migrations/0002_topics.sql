-- The score of each topic, for histories: [{"topic", "score", "judged"}], NULL
-- until COMPLETE, or without a judged question.
ALTER TABLE interviews ADD COLUMN topics TEXT; -- []session.TopicScore

UPDATE interviews SET topics = (
    SELECT json_group_array(json_object('topic', topic, 'score', score, 'judged', judged) ORDER BY first)
    FROM (
        SELECT coalesce(nullif(questions.data ->> '$.topic_title', ''), questions.data ->> '$.topic') AS topic,
            avg(results.data ->> '$.final.value') AS score, count(*) AS judged, min(results.question) AS first
        FROM results
        JOIN plan ON plan.interview = results.interview AND plan.n = results.question
        JOIN questions ON questions.hash = plan.hash
        WHERE results.interview = interviews.id AND results.data ->> '$.over' AND results.data ->> '$.final.judged'
        GROUP BY 1
    )
)
WHERE state = 'COMPLETE' AND judged > 0;
