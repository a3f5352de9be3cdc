<?cs #
	Account.user, Account.role, Account.narrow, Account.others,
	Account.session.N.{id,begun,used,here,source},
	Form.csrf, Form.done, Form.wrong
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.account.title ?></h1>
			<p class="l-head__sub">
				<span><?cs var:Account.user ?></span>
				<span><?cs var:Account.role ?></span>
			</p>
		</div>
	</div>
	<?cs call:form_done() ?>
	<div class="l-grid l-grid--1-1 l-grid--top">
		<section class="c-module" aria-labelledby="look">
			<?cs call:strip("look", Lang.account.look, "") ?>
			<div class="c-module__body">
				<?cs call:form_open("/account") ?>
				<?cs call:field_select("lang", Lang.language, "") ?>
				<?cs call:field_choice("theme", Lang.account.theme) ?>
				<?cs call:form_close(Lang.account.save, "") ?>
			</div>
		</section>
		<div class="l-stack">
			<section class="c-module" aria-labelledby="codes">
				<?cs call:strip("codes", Lang.account.codes, "") ?>
				<div class="c-module__body l-stack">
					<p><?cs var:Lang.account.codes_text ?></p>
					<?cs if:#Account.narrow ?><p><?cs var:Lang.account.narrow ?></p><?cs /if ?>
					<div class="c-actions">
						<a class="c-btn" href="/account/pin"><?cs var:Lang.account.pin ?>…</a>
						<a class="c-btn" href="/account/puk"><?cs var:Lang.account.puk ?>…</a>
					</div>
				</div>
			</section>
			<section class="c-module" aria-labelledby="open">
				<?cs call:strip("open", Lang.account.sessions, "") ?>
				<ul class="c-people">
					<?cs each:s = Account.session ?>
						<li>
							<div>
								<b><?cs var:s.source ?></b><?cs if:#s.here ?> <span class="u-mute"><?cs var:Lang.account.here ?></span><?cs /if ?>
								<p class="u-mute"><?cs var:Lang.account.begun ?> <?cs var:s.begun ?> · <?cs var:Lang.account.used ?> <?cs var:s.used ?></p>
							</div>
							<?cs if:!#s.here ?>
								<form class="c-inline" method="post" action="/account/sessions">
									<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
									<input type="hidden" name="session" value="<?cs var:s.id ?>">
									<button class="c-btn c-btn--s" type="submit" aria-label="<?cs var:Lang.sign_out ?>: <?cs var:s.source ?>"><?cs var:Lang.sign_out ?></button>
								</form>
							<?cs /if ?>
						</li>
					<?cs /each ?>
				</ul>
				<?cs if:#Account.others ?>
					<div class="c-module__foot">
						<?cs call:form_button("/account/sessions", "", "log-out", Lang.account.out_all) ?>
					</div>
				<?cs /if ?>
			</section>
		</div>
	</div>
</main>
