<?cs #
	Form.board,
	Users.factory,
	Login.wrong, Login.wait, Login.next, Login.done, Login.over, Login.fingerprint.N
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>
<?cs include!"door.cs" ?>

<main class="l-login" id="main">
	<div class="c-login">
		<div class="c-module">
			<?cs call:title_strip(Lang.login.title, Form.board) ?>
			<form class="c-module__body" method="post" action="/login">
				<?cs call:box() ?>
				<?cs if:Login.wait ?>
					<?cs call:notice("alarm", "alert", "octagon-alert", "", Login.wait) ?>
				<?cs elif:#Login.wrong ?>
					<?cs call:notice("alarm", "alert", "octagon-alert", Lang.login.wrong, Lang.login.wrong_text) ?>
				<?cs elif:Login.over ?>
					<?cs call:notice("warn", "status", "info", "", Login.over) ?>
				<?cs elif:Login.done ?>
					<?cs call:notice("", "status", "circle-check", "", Login.done) ?>
				<?cs elif:#Users.factory ?>
					<?cs call:notice("warn", "", "info", Lang.login.first, Lang.login.first_text) ?>
				<?cs /if ?>
				<?cs call:users() ?>
				<div class="c-field">
					<label class="c-field__label" for="pin">PIN</label>
					<div class="c-with">
						<input class="c-input c-input--pin" id="pin" name="pin" type="password"
							inputmode="numeric" autocomplete="current-password" maxlength="40" required
							<?cs if:#Login.wrong ?> aria-invalid="true" aria-describedby="errors"<?cs /if ?>>
						<button class="c-btn c-btn--icon" type="button"
							data-reveal="pin" aria-pressed="false" hidden>
							<?cs call:icon("eye") ?>
							<span class="u-hidden"><?cs var:Lang.login.show_pin ?></span>
						</button>
					</div>
				</div>
				<?cs if:Login.next ?>
					<input type="hidden" name="next" value="<?cs var:Login.next ?>">
				<?cs /if ?>
				<?cs call:send(Lang.login.title) ?>
				<p class="c-field__hint"><a href="/puk"><?cs var:Lang.login.blocked ?></a></p>
				<?cs if:subcount(Login.fingerprint) ?>
					<details class="c-disclose">
						<summary><?cs var:Lang.login.certificate ?></summary>
						<p class="c-field__hint"><?cs var:Lang.login.certificate_text ?></p>
						<p><code><?cs each:part = Login.fingerprint ?><?cs var:part ?><wbr><?cs /each ?></code></p>
					</details>
				<?cs /if ?>
			</form>
		</div>
		<?cs call:languages() ?>
	</div>
</main>
