<?cs #
	Mail.{lang,site,title,files},
	Mail.medium.N.{name,value,delta},
	Mail.peak,
	Mail.device.N.{plate,name,value,delta,peak},
	Mail.gap.N,
	Mail.event.N.{at,says}
?>
<?cs # A report: one column, so that it reads on a phone; styles stand on what they are for. ?>
<?cs include!"mail/frame.cs" ?>

<?cs call:mail_begin() ?>
<?cs if:?Mail.medium.0.name ?>
	<?cs each:m = Mail.medium ?>
		<div style="padding:14px 0;border-bottom:1px solid #d8dde3">
			<div style="font-size:14px;color:#5a6572"><?cs var:m.name ?></div>
			<div style="font-size:30px;font-weight:600;line-height:1.25"><?cs var:m.value ?></div>
			<div style="font-size:14px"><?cs var:m.delta ?></div>
		</div>
	<?cs /each ?>
<?cs else ?>
	<p style="margin:14px 0"><?cs var:Lang.mail.nothing ?></p>
<?cs /if ?>
<?cs if:Mail.peak ?><p style="margin:14px 0"><?cs var:Mail.peak ?></p><?cs /if ?>
<?cs if:?Mail.gap.0 ?>
	<?cs call:mail_head(Lang.mail.gaps) ?>
	<ul style="margin:6px 0;padding-left:20px"><?cs each:g = Mail.gap ?><li style="margin:4px 0"><?cs var:g ?></li><?cs /each ?></ul>
<?cs /if ?>
<?cs if:?Mail.event.0.says ?>
	<?cs call:mail_head(Lang.mail.alarms) ?>
	<?cs call:mail_events() ?>
<?cs /if ?>
<?cs if:?Mail.device.0.plate ?>
	<?cs call:mail_head(Lang.mail.devices) ?>
	<?cs each:d = Mail.device ?>
		<div style="padding:8px 0;border-bottom:1px solid #d8dde3">
			<div><b><?cs var:d.plate ?></b> <?cs var:d.name ?></div>
			<div><b><?cs var:d.value ?></b> <?cs if:d.delta ?><span style="font-size:14px;color:#5a6572">· <?cs var:d.delta ?></span><?cs /if ?></div>
			<?cs if:d.peak ?><div style="font-size:14px;color:#5a6572"><?cs var:d.peak ?></div><?cs /if ?>
		</div>
	<?cs /each ?>
<?cs /if ?>
<p style="font-size:14px;color:#5a6572;margin:14px 0"><?cs var:Mail.files ?></p>
<?cs call:mail_end() ?>
