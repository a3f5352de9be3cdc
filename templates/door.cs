<?cs #
	Form.csrf, Form.site, Form.board,
	Form.lang.N.{code,name,here},
	Users.user.N.{value,name,chosen},
	Form.field.N.{value,bad}
?>
<?cs # What the pages before signing in share. ?>

<?cs # the box as it hangs on the rail, and its name ?>
<?cs def:box() ?>
	<div class="c-login__id">
		<svg viewBox="0 0 72 92" aria-hidden="true">
			<rect class="body" x="1" y="1" width="70" height="90" rx="3"/>
			<rect class="part" x="6" y="6" width="60" height="12" rx="1.5"/>
			<rect class="part" x="6" y="24" width="60" height="38" rx="1.5"/>
			<rect class="part" x="6" y="68" width="34" height="18" rx="1.5"/>
			<rect class="port" x="11" y="72" width="12" height="10" rx="1"/>
			<circle class="c-led c-led--blue" cx="14" cy="12" r="2.2"/>
			<circle class="c-led" cx="22" cy="12" r="2.2"/>
			<circle class="c-led" cx="30" cy="12" r="2.2"/>
			<circle class="c-led c-led--yellow" cx="30" cy="74" r="2.2"/>
			<circle class="c-led c-led--green" cx="30" cy="80" r="2.2"/>
		</svg>
		<div>
			<h2><?cs if:Form.site ?><?cs var:Form.site ?><?cs else ?>mews<?cs /if ?></h2>
			<p>
				<?cs if:Form.board ?>
					<?cs var:Lang.board ?> <?cs var:Form.board ?><br>
				<?cs /if ?>
				<?cs var:Lang.foot.product ?>
			</p>
		</div>
	</div>
<?cs /def ?>

<?cs def:users() ?>
	<div class="c-field">
		<label class="c-field__label" for="user"><?cs var:Lang.login.user ?></label>
		<select class="c-input" id="user" name="user" autocomplete="username">
			<?cs each:u = Users.user ?>
				<option value="<?cs var:u.value ?>"<?cs if:#u.chosen ?> selected<?cs /if ?>>
					<?cs var:u.name ?>
				</option>
			<?cs /each ?>
		</select>
	</div>
<?cs /def ?>

<?cs def:languages() ?>
	<nav class="c-lang" aria-label="<?cs var:Lang.language ?>">
		<?cs each:l = Form.lang ?>
			<a href="/login?lang=<?cs var:l.code ?>" lang="<?cs var:l.code ?>"
				<?cs if:#l.here ?> aria-current="true"<?cs /if ?>>
				<?cs var:l.name ?>
			</a>
		<?cs /each ?>
	</nav>
<?cs /def ?>

<?cs # a PUK, which is too long to be typed unseen; it stands there again only where the form says so ?>
<?cs def:field_puk(name, label, hint) ?>
	<div class="c-field">
		<?cs call:field_head(name, label) ?>
		<input class="c-input" inputmode="numeric" autocomplete="off" maxlength="40" value="<?cs var:Form.field[name].value ?>"<?cs call:field_has(name, hint) ?>>
		<?cs call:field_hint(name, hint) ?>
	</div>
<?cs /def ?>

<?cs def:send(button) ?>
	<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
	<button class="c-btn c-btn--primary c-btn--block" type="submit"><?cs var:button ?></button>
<?cs /def ?>
