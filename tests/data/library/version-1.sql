-- A library of version 1 with real rows, as the program of then wrote it. Never changed.
PRAGMA application_id = 1333097587;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE chapter (
    list INTEGER NOT NULL REFERENCES chapter_list (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    title TEXT NOT NULL,
    source_id TEXT,
    depth INTEGER,
    end_ms INTEGER,
    link TEXT,
    is_listed INTEGER NOT NULL,
    PRIMARY KEY (list, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "chapter" VALUES(1,0,0,'1. Start',NULL,NULL,NULL,NULL,1);
INSERT INTO "chapter" VALUES(1,1,10000,'1.1 Detail',NULL,NULL,NULL,NULL,1);
INSERT INTO "chapter" VALUES(1,2,20000,'2. End',NULL,NULL,NULL,NULL,1);
INSERT INTO "chapter" VALUES(2,0,0,'1. Start',NULL,NULL,NULL,NULL,1);
INSERT INTO "chapter" VALUES(2,1,10000,'1.1 Detail',NULL,NULL,NULL,NULL,1);
INSERT INTO "chapter" VALUES(2,2,20000,'2. End',NULL,NULL,NULL,NULL,1);
INSERT INTO "chapter" VALUES(3,0,0,'1. Start',NULL,NULL,NULL,NULL,1);
INSERT INTO "chapter" VALUES(3,1,10000,'1.1 Detail',NULL,NULL,NULL,NULL,1);
INSERT INTO "chapter" VALUES(3,2,20000,'2. End',NULL,NULL,NULL,NULL,1);
INSERT INTO "chapter" VALUES(4,0,0,'1. Mine',NULL,NULL,NULL,NULL,1);
INSERT INTO "chapter" VALUES(4,1,30000,'2. Mine too',NULL,NULL,NULL,NULL,1);
CREATE TABLE chapter_list (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES file (id),
    source TEXT NOT NULL,
    position INTEGER NOT NULL,      -- best first
    is_from_file INTEGER NOT NULL,  -- 0: put there by the listener, so reading the file again keeps it
    notices TEXT NOT NULL,          -- JSON: [[code, message], ...]
    UNIQUE (file, source)
) STRICT;
INSERT INTO "chapter_list" VALUES(1,1,'id3',0,1,'[]');
INSERT INTO "chapter_list" VALUES(2,2,'id3',0,1,'[]');
INSERT INTO "chapter_list" VALUES(3,3,'id3',0,1,'[]');
INSERT INTO "chapter_list" VALUES(4,1,'own',0,0,'[]');
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL,
    crc INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "counter" VALUES('seq',4,3506742433);
CREATE TABLE cover (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    mime TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;
INSERT INTO "cover" VALUES(1,'6604db106b98524bddc304a895b841bfa2f3417ab76ddb2b2705d8477075598f','image/png',X'89504E472070696374757265');
CREATE TABLE episode (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice
    uid TEXT NOT NULL UNIQUE,              -- the same in every copy of the library
    title TEXT NOT NULL,
    has_own_title INTEGER NOT NULL DEFAULT 0,  -- the listener's, so reading the file again does not change it
    author TEXT,
    cover INTEGER REFERENCES cover (id),
    speed REAL NOT NULL DEFAULT 1.0,
    is_finished INTEGER NOT NULL DEFAULT 0,
    is_removed INTEGER NOT NULL DEFAULT 0,     -- hidden; comes back when its file is added again
    chapter_source TEXT,                       -- the listener's choice, null for the best
    added_at_ms INTEGER NOT NULL
) STRICT;
INSERT INTO "episode" VALUES(1,'0aadcc1755744a85883c6102910d5d23','My scheming',1,'A speaker',1,1.4,0,0,NULL,1790000000001);
INSERT INTO "episode" VALUES(2,'a9a8c77c18f5419bb87d1a6815409350','Das Gespräch 新',0,'A speaker',1,1.0,1,0,'id3',1790000000002);
INSERT INTO "episode" VALUES(3,'c1e0965dc28d4a8fba5cdd6fe26e6773','What was not heard',0,'A speaker',1,1.0,0,1,NULL,1790000000003);
CREATE TABLE file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    episode INTEGER NOT NULL REFERENCES episode (id),
    position INTEGER NOT NULL,  -- in playing order, 0 = first
    path BLOB NOT NULL UNIQUE,  -- bytes, because not every path is text
    duration_ms INTEGER,
    container TEXT,
    size INTEGER NOT NULL,      -- size, mtime_ns, inode: whether it must be read again, never who it is
    mtime_ns INTEGER NOT NULL,
    inode TEXT,
    fingerprint BLOB,           -- of the audio payload
    UNIQUE (episode, position)
) STRICT;
INSERT INTO "file" VALUES(1,1,0,X'2F686F6D652F6164612F312E6D7033',60000,'mp3',50,1,'1',NULL);
INSERT INTO "file" VALUES(2,2,0,X'2F686F6D652F6164612F322E6D7033',60000,'mp3',50,2,'2',NULL);
INSERT INTO "file" VALUES(3,3,0,X'2F686F6D652F6164612F332E6D7033',60000,'mp3',50,3,'3',NULL);
CREATE TABLE heard (
    file INTEGER PRIMARY KEY REFERENCES file (id),
    spans TEXT NOT NULL,  -- JSON: [[start_ms, end_ms], ...], sorted, disjoint
    total_ms INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    device TEXT NOT NULL,
    crc INTEGER NOT NULL
) STRICT;
INSERT INTO "heard" VALUES(1,'[[0,9356000],[10000000,10060000]]',9416000,3,'7c3417a4c7ad4a9180e664f31581d8a8',2179914274);
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('device','7c3417a4c7ad4a9180e664f31581d8a8');
CREATE TABLE place (
    episode INTEGER PRIMARY KEY REFERENCES episode (id),
    file INTEGER NOT NULL REFERENCES file (id),
    ms INTEGER NOT NULL,
    saved_at_ms INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    device TEXT NOT NULL,
    crc INTEGER NOT NULL
) STRICT;
INSERT INTO "place" VALUES(1,1,9356000,1795000000000,1,'7c3417a4c7ad4a9180e664f31581d8a8',3227923113);
INSERT INTO "place" VALUES(2,2,5000,1795000100000,4,'7c3417a4c7ad4a9180e664f31581d8a8',3574447610);
INSERT INTO "place" VALUES(3,3,77,88,99,'device',1);
CREATE TABLE set_aside (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    row TEXT NOT NULL  -- JSON
) STRICT;
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "setting" VALUES('open_episode','1');
INSERT INTO "setting" VALUES('volume','0.4');
CREATE INDEX episode_by_cover ON episode (cover) WHERE cover IS NOT NULL;
CREATE INDEX file_by_inode ON file (inode);
CREATE INDEX file_by_fingerprint ON file (fingerprint) WHERE fingerprint IS NOT NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('episode',3);
INSERT INTO "sqlite_sequence" VALUES('file',3);
COMMIT;
