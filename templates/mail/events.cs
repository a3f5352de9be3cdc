<?cs #
	Mail.{lang,site,title,more},
	Mail.event.N.{at,says}
?>
<?cs # What happened, the oldest first; and the mail that only shows that mails arrive. ?>
<?cs include!"mail/frame.cs" ?>

<?cs call:mail_begin() ?>
<?cs call:mail_events() ?>
<?cs if:Mail.more ?><p style="margin:14px 0"><?cs var:Mail.more ?></p><?cs /if ?>
<?cs call:mail_end() ?>
