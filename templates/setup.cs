<?cs #
	Form.board, Form.csrf,
	Setup.wrong, Setup.puk
?>
<?cs include!"layout.cs" ?>
<?cs include!"door.cs" ?>

<main class="l-login" id="main">
	<div class="c-login">
		<div class="c-module">
			<?cs call:title_strip(Lang.setup.title, Form.board) ?>
			<form class="c-module__body" method="post" action="/setup">
				<p><?cs var:Lang.setup.text ?></p>
				<?cs if:Setup.wrong ?><?cs call:trouble(Setup.wrong) ?><?cs /if ?>
				<?cs call:pin("pin", Lang.puk.new_pin, Lang.puk.pin_hint) ?>
				<?cs call:pin("again", Lang.puk.again, "") ?>
				<?cs call:puk(Lang.setup.puk, Lang.setup.puk_hint, Setup.puk) ?>
				<?cs call:send(Lang.setup.button) ?>
			</form>
		</div>
		<?cs call:languages() ?>
		<form class="c-lang" method="post" action="/sign-out">
			<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
			<button class="c-btn c-btn--quiet" type="submit">
				<?cs call:icon("log-out") ?>
				<?cs var:Lang.sign_out ?>
			</button>
		</form>
	</div>
</main>
