<?cs #
	Form.board, Form.wrong
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>
<?cs include!"door.cs" ?>

<main class="l-login" id="main">
	<div class="c-login">
		<div class="c-module">
			<?cs call:title_strip(Lang.puk.title, Form.board) ?>
			<form class="c-module__body" method="post" action="/puk" novalidate>
				<p><?cs var:Lang.puk.text ?></p>
				<?cs call:form_wrong() ?>
				<?cs call:users() ?>
				<?cs call:field_puk("puk", "PUK", Lang.puk.hint) ?>
				<?cs call:field_pin_new("pin_new", Lang.puk.new_pin, Lang.puk.pin_hint) ?>
				<?cs call:field_pin_new("pin_again", Lang.puk.again, "") ?>
				<?cs call:send(Lang.puk.button) ?>
				<p class="c-field__hint"><a href="/login"><?cs var:Lang.puk.back ?></a></p>
			</form>
		</div>
		<?cs call:languages() ?>
	</div>
</main>
