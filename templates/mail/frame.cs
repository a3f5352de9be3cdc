<?cs #
	Mail.{lang,site,title},
	Mail.event.N.{at,says}
?>
<?cs # What mails share. ?>
<?cs def:mail_begin() ?>
<!doctype html>
<html lang="<?cs var:Mail.lang ?>">
<head>
	<meta charset="utf-8">
	<meta name="viewport" content="width=device-width,initial-scale=1">
	<title><?cs var:Mail.title ?></title>
</head>
<body style="margin:0;background:#eef1f4;color:#16202b;font:16px/1.45 Barlow,system-ui,-apple-system,Segoe UI,Roboto,Arial,sans-serif">
	<div style="max-width:560px;margin:0 auto;padding:12px">
		<div style="background:#ffffff;border:1px solid #d8dde3;border-radius:8px;padding:16px 18px">
			<div style="font-size:14px;color:#5a6572"><?cs var:Mail.site ?></div>
			<h1 style="font-size:22px;line-height:1.25;margin:2px 0"><?cs var:Mail.title ?></h1>
<?cs /def ?>

<?cs def:mail_head(text) ?>
	<h2 style="font-size:17px;margin:20px 0 4px"><?cs var:text ?></h2>
<?cs /def ?>

<?cs def:mail_events() ?>
	<?cs each:e = Mail.event ?>
		<div style="padding:8px 0;border-bottom:1px solid #d8dde3">
			<div style="font-size:14px;color:#5a6572"><?cs var:e.at ?></div>
			<div><?cs var:e.says ?></div>
		</div>
	<?cs /each ?>
<?cs /def ?>

<?cs def:mail_end() ?>
		</div>
		<p style="font-size:13px;color:#5a6572;padding:0 4px"><?cs var:Lang.mail.foot ?></p>
	</div>
</body>
</html>
<?cs /def ?>
