INSERT INTO `pages` (`id`, `name`, `page_id`, `token`) VALUES
(1, '@NAME0@', '@ID0@', '@T0@'),
(2, '@NAME1@', '@ID1@', '@T1@');
