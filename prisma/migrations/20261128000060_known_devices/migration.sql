-- From when on browsers that knew an account know it no more.
ALTER TABLE users ADD COLUMN devices_ended_at timestamptz(3);
GRANT UPDATE (devices_ended_at) ON users TO countersign_app;
