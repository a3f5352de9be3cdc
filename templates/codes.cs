<?cs #
	Codes.user, Codes.pin, Codes.puk
?>
<?cs # New codes of a user, shown once. ?>
<?cs def:new_codes() ?>
	<section class="c-module l-narrow" aria-labelledby="codes-h">
		<?cs call:strip("codes-h", Lang.users.new_codes, Codes.user) ?>
		<div class="c-module__body l-stack">
			<?cs if:?Codes.pin ?><div><p>PIN</p><p class="c-code"><?cs var:Codes.pin ?></p></div><?cs /if ?>
			<?cs if:?Codes.puk ?><div><p>PUK</p><p class="c-code"><?cs var:Codes.puk ?></p></div><?cs /if ?>
			<p><?cs var:Lang.account.once ?></p>
			<div class="c-actions"><a class="c-btn c-btn--primary" href="/users"><?cs var:Lang.account.noted ?></a></div>
		</div>
	</section>
<?cs /def ?>
