-- Sweeps look over all tenants at what is due; what they find is sealed all the same.
CREATE POLICY due ON job USING (current_setting('app.sweep', true) = 'on')
----
CREATE POLICY expired ON journey FOR SELECT USING (current_setting('app.sweep', true) = 'on')
----
CREATE POLICY old_for_reading ON command FOR SELECT USING (current_setting('app.sweep', true) = 'on')
----
CREATE POLICY old_for_removal ON command FOR DELETE USING (current_setting('app.sweep', true) = 'on')
----
-- Rows of a journey are rewritten at every answer: leave room on the page so that no index needs to know.
ALTER TABLE journey SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05)
----
ALTER TABLE job SET (autovacuum_vacuum_scale_factor = 0.01)
----
ALTER TABLE task SET (autovacuum_vacuum_scale_factor = 0.01)
----
ALTER TABLE journey ALTER COLUMN snapshot SET STORAGE EXTERNAL, ALTER COLUMN secret_hash SET STORAGE PLAIN
----
ALTER TABLE event ALTER COLUMN sealed SET STORAGE EXTERNAL
----
ALTER TABLE command ALTER COLUMN reply SET STORAGE EXTERNAL
