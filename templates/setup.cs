<?cs #
	Form.board, Form.csrf, Form.wrong
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>
<?cs include!"door.cs" ?>

<main class="l-login" id="main">
	<div class="c-login">
		<div class="c-module">
			<?cs call:title_strip(Lang.setup.title, Form.board) ?>
			<form class="c-module__body" method="post" action="/setup" novalidate>
				<p><?cs var:Lang.setup.text ?></p>
				<?cs call:form_wrong() ?>
				<?cs call:field_pin_new("pin_new", Lang.puk.new_pin, Lang.puk.pin_hint) ?>
				<?cs call:field_pin_new("pin_again", Lang.puk.again, "") ?>
				<?cs call:field_puk("puk_new", Lang.setup.puk, Lang.setup.puk_hint) ?>
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
