BEGIN TRANSACTION;
CREATE TABLE app (
        app_id TEXT PRIMARY KEY, name TEXT NOT NULL DEFAULT '', version TEXT NOT NULL, config_id TEXT NOT NULL DEFAULT '',
        pack TEXT REFERENCES pack(name), state TEXT NOT NULL DEFAULT 'works', why TEXT NOT NULL DEFAULT '', checked_at INTEGER NOT NULL DEFAULT 0, well_at INTEGER NOT NULL DEFAULT 0, told TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '', given_name TEXT NOT NULL DEFAULT '', hidden INTEGER NOT NULL DEFAULT 0);
INSERT INTO "app" VALUES('180000000000001','Practice App','v25.0','','pack-1','works','',1795625896,1795625896,'','','The publisher',0);
INSERT INTO "app" VALUES('180000000000002','Nord Publisher','v25.0','','pack-7','works','',1795625896,1795625896,'','','',0);
CREATE TABLE client (id INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, color INTEGER NOT NULL);
INSERT INTO "client" VALUES(1,'Müller & Söhne','muller & sohne',0);
INSERT INTO "client" VALUES(2,'مخبز','مخبز',1);
CREATE TABLE connection (
        id INTEGER PRIMARY KEY, app_id TEXT NOT NULL REFERENCES app(app_id), user_id TEXT NOT NULL, user_name TEXT NOT NULL DEFAULT '',
        expires_at INTEGER, data_access_expires_at INTEGER, issued_at INTEGER, scopes TEXT NOT NULL DEFAULT '',
        pack TEXT REFERENCES pack(name), last_four TEXT NOT NULL DEFAULT '', fingerprint TEXT NOT NULL DEFAULT '',
        listed_at INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'works', why TEXT NOT NULL DEFAULT '', checked_at INTEGER NOT NULL DEFAULT 0, well_at INTEGER NOT NULL DEFAULT 0, told TEXT NOT NULL DEFAULT '', lacking TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '', given_name TEXT NOT NULL DEFAULT '', hidden INTEGER NOT NULL DEFAULT 0, UNIQUE (app_id, user_id));
INSERT INTO "connection" VALUES(1,'180000000000001','122100000000011','Amira Haddad',1800809895,1803401895,1795625895,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','pack-2','9XZD','89bdebc4a24c65dbe483adebce1d12ef',1795625896,'works','',1795625896,1795625896,'','','','Amira, private',0);
INSERT INTO "connection" VALUES(2,'180000000000002','122100000000022','Agency Nord',1800809896,1803401896,1795625896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','pack-5','VhZD','9ecabead42c41832c2776a3aa41766dc',1795625896,'works','',1795625896,1795625896,'','','','',0);
INSERT INTO "connection" VALUES(3,'180000000000002','122100000000044','Nils Nord',1800809896,1803401896,1795625896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','pack-4','LUYE','1b5ac94762e795811eee7f4e837ee5f5',1795625896,'works','',1795625896,1795625896,'','','','',0);
CREATE TABLE event (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, what TEXT NOT NULL, page_id TEXT NOT NULL DEFAULT '', subject TEXT NOT NULL DEFAULT '',
        who TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', folded TEXT NOT NULL DEFAULT '');
INSERT INTO "event" VALUES(1,1795625896,'login_made','','Amira Haddad','Amira Haddad · Practice App','','amira haddad

amira haddad · practice app
');
INSERT INTO "event" VALUES(2,1795625896,'made','101000000000007','Amira’s Bakery','Amira Haddad · Practice App','','amira’s bakery
101000000000007
amira haddad · practice app
');
INSERT INTO "event" VALUES(3,1795625896,'made','101048271000010','مخبز أميرة','Amira Haddad · Practice App','','مخبز اميرة
101048271000010
amira haddad · practice app
');
INSERT INTO "event" VALUES(4,1795625896,'made','101096542000013','🌸 Blossom & Co','Amira Haddad · Practice App','','🌸 blossom & co
101096542000013
amira haddad · practice app
');
INSERT INTO "event" VALUES(5,1795625896,'login_made','','Agency Nord','Agency Nord · Nord Publisher','','agency nord

agency nord · nord publisher
');
INSERT INTO "event" VALUES(6,1795625896,'made','101144813000016','Café Müller','Agency Nord · Nord Publisher','','cafe muller
101144813000016
agency nord · nord publisher
');
INSERT INTO "event" VALUES(7,1795625896,'made','101193084000019','Nordlys Kayak','Agency Nord · Nord Publisher','','nordlys kayak
101193084000019
agency nord · nord publisher
');
INSERT INTO "event" VALUES(8,1795625896,'made','101241355000022','Harbor Yoga','Agency Nord · Nord Publisher','','harbor yoga
101241355000022
agency nord · nord publisher
');
INSERT INTO "event" VALUES(9,1795625896,'made','101289626000025','Quartier Libre','Agency Nord · Nord Publisher','','quartier libre
101289626000025
agency nord · nord publisher
');
INSERT INTO "event" VALUES(10,1795625896,'made','101337897000028','Studio Lumen','Agency Nord · Nord Publisher','','studio lumen
101337897000028
agency nord · nord publisher
');
INSERT INTO "event" VALUES(11,1795625896,'made','101386168000031','Taller Ruiz','Agency Nord · Nord Publisher','','taller ruiz
101386168000031
agency nord · nord publisher
');
INSERT INTO "event" VALUES(12,1795625896,'made','101434439000034','東京 ランナーズ','Agency Nord · Nord Publisher','','東京 ランナース
101434439000034
agency nord · nord publisher
');
INSERT INTO "event" VALUES(13,1795625896,'made','101530981000040','مخبز أميرة','Agency Nord · Nord Publisher','','مخبز اميرة
101530981000040
agency nord · nord publisher
');
INSERT INTO "event" VALUES(14,1795625896,'made','101579252000043','Blossom & Co','Agency Nord · Nord Publisher','','blossom & co
101579252000043
agency nord · nord publisher
');
INSERT INTO "event" VALUES(15,1795625896,'made','101627523000046','Gärtnerei Rosen','Agency Nord · Nord Publisher','','gartnerei rosen
101627523000046
agency nord · nord publisher
');
INSERT INTO "event" VALUES(16,1795625896,'made','101675794000049','Kafé Brød','Agency Nord · Nord Publisher','','kafe brod
101675794000049
agency nord · nord publisher
');
INSERT INTO "event" VALUES(17,1795625896,'made','101482710000037','Pizzeria Da Enzo','Agency Nord · Nord Publisher','','pizzeria da enzo
101482710000037
agency nord · nord publisher
');
INSERT INTO "event" VALUES(18,1795625896,'login_made','','Nils Nord','Nils Nord · Nord Publisher','','nils nord

nils nord · nord publisher
');
INSERT INTO "event" VALUES(19,1795625896,'made','101144813000016','Café Müller','Nils Nord · Nord Publisher','','cafe muller
101144813000016
nils nord · nord publisher
');
INSERT INTO "event" VALUES(20,1795625896,'made','101193084000019','Nordlys Kayak','Nils Nord · Nord Publisher','','nordlys kayak
101193084000019
nils nord · nord publisher
');
INSERT INTO "event" VALUES(21,1795625896,'made','101241355000022','Harbor Yoga','Nils Nord · Nord Publisher','','harbor yoga
101241355000022
nils nord · nord publisher
');
INSERT INTO "event" VALUES(22,1795625896,'made','101289626000025','Quartier Libre','Nils Nord · Nord Publisher','','quartier libre
101289626000025
nils nord · nord publisher
');
INSERT INTO "event" VALUES(23,1795625896,'made','101337897000028','Studio Lumen','Nils Nord · Nord Publisher','','studio lumen
101337897000028
nils nord · nord publisher
');
INSERT INTO "event" VALUES(24,1795625896,'made','101386168000031','Taller Ruiz','Nils Nord · Nord Publisher','','taller ruiz
101386168000031
nils nord · nord publisher
');
INSERT INTO "event" VALUES(25,1795625896,'made','101434439000034','東京 ランナーズ','Nils Nord · Nord Publisher','','東京 ランナース
101434439000034
nils nord · nord publisher
');
INSERT INTO "event" VALUES(26,1795625896,'made','101530981000040','مخبز أميرة','Nils Nord · Nord Publisher','','مخبز اميرة
101530981000040
nils nord · nord publisher
');
INSERT INTO "event" VALUES(27,1795625896,'made','101579252000043','Blossom & Co','Nils Nord · Nord Publisher','','blossom & co
101579252000043
nils nord · nord publisher
');
INSERT INTO "event" VALUES(28,1795625896,'made','101627523000046','Gärtnerei Rosen','Nils Nord · Nord Publisher','','gartnerei rosen
101627523000046
nils nord · nord publisher
');
INSERT INTO "event" VALUES(29,1795625896,'died','101482710000037','Pizzeria Da Enzo','Agency Nord · Nord Publisher','role_lost','pizzeria da enzo
101482710000037
agency nord · nord publisher
role_lost');
INSERT INTO "event" VALUES(30,1795625896,'forgotten','101675794000049','Kafé Brød','root','','kafe brod
101675794000049
root
');
CREATE TABLE pack (name TEXT PRIMARY KEY, state TEXT NOT NULL, size INTEGER NOT NULL DEFAULT 0);
INSERT INTO "pack" VALUES('pack-1','live',1);
INSERT INTO "pack" VALUES('pack-2','live',1);
INSERT INTO "pack" VALUES('pack-3','live',3);
INSERT INTO "pack" VALUES('pack-5','live',1);
INSERT INTO "pack" VALUES('pack-6','live',12);
INSERT INTO "pack" VALUES('pack-7','live',1);
INSERT INTO "pack" VALUES('pack-4','live',1);
INSERT INTO "pack" VALUES('pack-8','live',10);
CREATE TABLE page (
        id TEXT PRIMARY KEY, name TEXT NOT NULL DEFAULT '', category TEXT NOT NULL DEFAULT '', picture_url TEXT NOT NULL DEFAULT '',
        link TEXT NOT NULL DEFAULT '', folded TEXT NOT NULL DEFAULT '', picture BLOB, instagram_id TEXT NOT NULL DEFAULT '', instagram_name TEXT NOT NULL DEFAULT '');
INSERT INTO "page" VALUES('101000000000007','Amira’s Bakery','Bakery','http://127.0.0.1:34819/pictures/101000000000007.png','https://www.facebook.com/101000000000007','amira’s bakery
101000000000007
bakery
',NULL,'','');
INSERT INTO "page" VALUES('101048271000010','مخبز أميرة','Bakery','http://127.0.0.1:34819/pictures/101048271000010.png','https://www.facebook.com/101048271000010','مخبز اميرة
101048271000010
bakery
',NULL,'','');
INSERT INTO "page" VALUES('101096542000013','🌸 Blossom & Co','Florist','http://127.0.0.1:34819/pictures/101096542000013.png','https://www.facebook.com/101096542000013','🌸 blossom & co
101096542000013
florist
',NULL,'','');
INSERT INTO "page" VALUES('101144813000016','Café Müller','Coffee shop','http://127.0.0.1:34819/pictures/101144813000016.png','https://www.facebook.com/101144813000016','cafe muller
101144813000016
coffee shop
',NULL,'','');
INSERT INTO "page" VALUES('101193084000019','Nordlys Kayak','Outdoor sports','http://127.0.0.1:34819/pictures/101193084000019.png','https://www.facebook.com/101193084000019','nordlys kayak
101193084000019
outdoor sports
',NULL,'','');
INSERT INTO "page" VALUES('101241355000022','Harbor Yoga','Health/Wellness','http://127.0.0.1:34819/pictures/101241355000022.png','https://www.facebook.com/101241355000022','harbor yoga
101241355000022
health/wellness
',NULL,'','');
INSERT INTO "page" VALUES('101289626000025','Quartier Libre','Bookshop','http://127.0.0.1:34819/pictures/101289626000025.png','https://www.facebook.com/101289626000025','quartier libre
101289626000025
bookshop
',NULL,'','');
INSERT INTO "page" VALUES('101337897000028','Studio Lumen','Photographer','http://127.0.0.1:34819/pictures/101337897000028.png','https://www.facebook.com/101337897000028','studio lumen
101337897000028
photographer
',NULL,'','');
INSERT INTO "page" VALUES('101386168000031','Taller Ruiz','Restaurant','http://127.0.0.1:34819/pictures/101386168000031.png','https://www.facebook.com/101386168000031','taller ruiz
101386168000031
restaurant
',NULL,'','');
INSERT INTO "page" VALUES('101434439000034','東京 ランナーズ','Sports club','http://127.0.0.1:34819/pictures/101434439000034.png','https://www.facebook.com/101434439000034','東京 ランナース
101434439000034
sports club
',NULL,'','');
INSERT INTO "page" VALUES('101530981000040','مخبز أميرة','Bakery','http://127.0.0.1:34819/pictures/101530981000040.png','https://www.facebook.com/101530981000040','مخبز اميرة
101530981000040
bakery
',NULL,'','');
INSERT INTO "page" VALUES('101579252000043','Blossom & Co','Garden center','http://127.0.0.1:34819/pictures/101579252000043.png','https://www.facebook.com/101579252000043','blossom & co
101579252000043
garden center
',NULL,'','');
INSERT INTO "page" VALUES('101627523000046','Gärtnerei Rosen','Bike shop','http://127.0.0.1:34819/pictures/101627523000046.png','https://www.facebook.com/101627523000046','gartnerei rosen
101627523000046
bike shop
',NULL,'','');
INSERT INTO "page" VALUES('101675794000049','Kafé Brød','Clothing','http://127.0.0.1:34819/pictures/101675794000049.png','https://www.facebook.com/101675794000049','kafe brod
101675794000049
clothing
',NULL,'','');
INSERT INTO "page" VALUES('101482710000037','Pizzeria Da Enzo','Florist','http://127.0.0.1:34819/pictures/101482710000037.png','https://www.facebook.com/101482710000037','pizzeria da enzo
101482710000037
florist
',NULL,'','');
CREATE TABLE page_client (
        page_id TEXT NOT NULL REFERENCES page(id) ON DELETE CASCADE, client_id INTEGER NOT NULL REFERENCES client(id) ON DELETE CASCADE,
        PRIMARY KEY (page_id, client_id)) WITHOUT ROWID;
INSERT INTO "page_client" VALUES('101000000000007',1);
INSERT INTO "page_client" VALUES('101048271000010',1);
INSERT INTO "page_client" VALUES('101096542000013',1);
INSERT INTO "page_client" VALUES('101193084000019',2);
CREATE TABLE reminded (
        subject TEXT NOT NULL, ends_at INTEGER NOT NULL, days INTEGER NOT NULL, PRIMARY KEY (subject, ends_at, days)) WITHOUT ROWID;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO "setting" VALUES('packs_highest','33');
INSERT INTO "setting" VALUES('packs_known','1');
INSERT INTO "setting" VALUES('fingerprint_key','a84a97f92b6f6a256067820b4d1dffac4eb2e739844f8c6517e5b5103dc0a43d');
INSERT INTO "setting" VALUES('appearance','dark');
INSERT INTO "setting" VALUES('remind','no');
INSERT INTO "setting" VALUES('watch','yes');
INSERT INTO "setting" VALUES('at_login','yes');
INSERT INTO "setting" VALUES('table_shape','{"order": ["page", "state", "page_id", "client", "may", "token", "ends", "person", "app", "business", "category"], "chosen": ["page", "page_id", "token", "state", "category"], "widths": {"page_id": 170}, "rows": "compact"}');
INSERT INTO "setting" VALUES('later','role_lost/180000000000002/2 1795885096');
CREATE TABLE source (
        page_id TEXT NOT NULL REFERENCES page(id), connection_id INTEGER NOT NULL REFERENCES connection(id),
        tasks TEXT, origins TEXT NOT NULL DEFAULT '', pack TEXT REFERENCES pack(name), last_four TEXT NOT NULL DEFAULT '',
        fingerprint TEXT NOT NULL DEFAULT '', expires_at INTEGER, state TEXT NOT NULL DEFAULT 'works', why TEXT NOT NULL DEFAULT '', checked_at INTEGER NOT NULL DEFAULT 0, well_at INTEGER NOT NULL DEFAULT 0, told TEXT NOT NULL DEFAULT '', data_access_expires_at INTEGER, scopes TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '', hidden INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (page_id, connection_id)) WITHOUT ROWID;
INSERT INTO "source" VALUES('101000000000007',1,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-3','VmQc','2db4581015909369748ddfec2876d600',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101048271000010',1,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-3','V7ZD','b3352b55c5bdaee8240bbc7d21dca886',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101096542000013',1,'ANALYZE,MESSAGING,CREATE_CONTENT','accounts','pack-3','JvZD','e46b427bf83e33fb20abe816f6057366',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101144813000016',2,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-6','M3wc','a45c866e6dcdc04841a2cf7090b11366',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101144813000016',3,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-8','4lZD','021830de4d9a9e5ac2dbb5e9ae8f7421',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101193084000019',2,'ANALYZE','accounts','pack-6','cNYQ','972c59110d1ad0533460ce8cec5bd6fa',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101193084000019',3,'ANALYZE','accounts','pack-8','QZZD','d28d7fea432dfc1ed7d441f772b33177',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101241355000022',2,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-6','ENje','3563fa8368a0e3748eb918c3cf2ab0ba',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101241355000022',3,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-8','AMNK','a2892521e72db6930f84eab602941639',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101289626000025',2,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accountsowned_pages:Nord Retail','pack-6','t1Jw','61e36ff6e2c8acaded92773bef8a203d',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101289626000025',3,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-8','IPB0','cc14bb603d8bc69b4325710ddfbfca8b',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101337897000028',2,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-6','u3ZD','4c5aefccd81b7880d759126945dee833',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101337897000028',3,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-8','W7ZD','f758b8868fdae626f6db3ad83a3654fe',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101386168000031',2,'ANALYZE,MODERATE','accounts','pack-6','MUY0','560c83e387ddfe48543615ecd2dedde1',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101386168000031',3,'ANALYZE,MODERATE','accounts','pack-8','zYcw','665453f0812b28b43457cd3dc1c49fba',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101434439000034',2,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-6','HhZD','c18f581ed1c78b533a6e66503b1db7ea',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101434439000034',3,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-8','scgC','c71d15bcccecd12729811c93d541308d',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101482710000037',2,'ANALYZE,ADVERTISE,MESSAGING,CREATE_CONTENT','client_pages:Nord Clients','pack-6','1PZD','aab24afc800f35052666b119194097fa',0,'needs_you','role_lost',1795625896,0,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','190/492',0);
INSERT INTO "source" VALUES('101530981000040',2,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-6','MHZD','a1eb2b1c5e154de0e3aa131b78ce10ba',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101530981000040',3,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-8','AIjK','cedb208286e046854a1c1b7ddab7c0dd',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101579252000043',2,'ANALYZE,MESSAGING,CREATE_CONTENT','accounts','pack-6','l9ZD','fcf70a505363d05d3bd6b0df8a73c390',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101579252000043',3,'ANALYZE,MESSAGING,CREATE_CONTENT','accounts','pack-8','X3Lq','891a2c29a516dc9d64f09d47d68599ac',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101627523000046',2,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-6','vLZD','0772f2d21c2e52e314f8898301e8dafc',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101627523000046',3,'ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE','accounts','pack-8','tRZD','2702523a6f3a1a31ceebfda5ad26f346',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',0);
INSERT INTO "source" VALUES('101675794000049',2,'ANALYZE','owned_pages:Nord Retail','pack-6','E9ZD','ba03cc9800f02298d0d146c89a961a07',0,'works','',1795625896,1795625896,'',1803401896,'public_profile,pages_show_list,pages_read_engagement,pages_manage_metadata,business_management','',1795625896187050);
CREATE INDEX source_of_connection ON source(connection_id);
CREATE INDEX source_in_pack ON source(pack);
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('event',30);
COMMIT;
PRAGMA user_version=3;
