<?cs #
	Form.board,
	Puk.wrong
?>
<?cs include!"layout.cs" ?>
<?cs include!"door.cs" ?>

<main class="l-login" id="main">
	<div class="c-login">
		<div class="c-module">
			<?cs call:title_strip(Lang.puk.title, Form.board) ?>
			<form class="c-module__body" method="post" action="/puk">
				<p><?cs var:Lang.puk.text ?></p>
				<?cs if:Puk.wrong ?><?cs call:trouble(Puk.wrong) ?><?cs /if ?>
				<?cs call:users() ?>
				<?cs call:puk("PUK", Lang.puk.hint, "") ?>
				<?cs call:pin("pin", Lang.puk.new_pin, Lang.puk.pin_hint) ?>
				<?cs call:pin("again", Lang.puk.again, "") ?>
				<?cs call:send(Lang.puk.button) ?>
				<p class="c-field__hint"><a href="/login"><?cs var:Lang.puk.back ?></a></p>
			</form>
		</div>
		<?cs call:languages() ?>
	</div>
</main>
