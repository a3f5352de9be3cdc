<?cs #
	Keys.{fresh,full}, Keys.key.N.{id,name,rights,made,used,asked},
	Form.csrf, Form.done
?>
<?cs include!"settings.cs" ?>
<?cs include!"form.cs" ?>

<?cs # one button of a key ?>
<?cs def:key_button(id, do, kind, word, name) ?>
	<form class="c-inline" method="post" action="/settings/keys">
		<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
		<input type="hidden" name="id" value="<?cs var:id ?>">
		<button class="c-btn c-btn--s<?cs if:kind ?> c-btn--<?cs var:kind ?><?cs /if ?>" type="submit" name="do" value="<?cs var:do ?>" aria-label="<?cs var:word ?>: <?cs var:name ?>"><?cs var:word ?></button>
	</form>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.keys.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.keys.text ?></p>
		</div>
	</div>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("keys") ?>
		<div class="l-stack">
			<?cs call:form_done() ?>
			<?cs if:Keys.fresh ?>
				<div class="c-notice" role="status">
					<?cs call:icon("circle-check") ?>
					<div class="c-notice__b">
						<h2><?cs var:Lang.keys.fresh ?></h2>
						<p><code id="fresh"><?cs var:Keys.fresh ?></code></p>
						<p><?cs var:Lang.keys.once ?></p>
					</div>
				</div>
			<?cs /if ?>
			<section class="c-module" aria-labelledby="k1">
				<?cs call:strip("k1", Lang.keys.list, "") ?>
				<?cs if:!Keys.key.0.id ?>
					<div class="c-module__body"><p class="u-mute"><?cs var:Lang.keys.none ?></p></div>
				<?cs else ?>
					<ul class="c-people">
						<?cs each:k = Keys.key ?>
							<li>
								<div>
									<b><?cs var:k.name ?></b>
									<p><?cs var:k.rights ?></p>
									<p class="u-mute"><?cs var:Lang.keys.made ?> <?cs var:k.made ?> · <?cs if:k.used ?><?cs var:Lang.keys.used ?> <?cs var:k.used ?><?cs else ?><?cs var:Lang.keys.unused ?><?cs /if ?></p>
									<?cs if:#k.asked ?><p role="alert"><?cs var:Lang.keys.sure ?></p><?cs /if ?>
								</div>
								<span class="c-actions">
									<?cs if:#k.asked ?>
										<?cs call:key_button(k.id, "remove", "danger", Lang.keys.revoke, k.name) ?>
										<a class="c-btn c-btn--s" href="/settings/keys"><?cs var:Lang.form.cancel ?></a>
									<?cs else ?>
										<?cs call:key_button(k.id, "ask", "", Lang.keys.revoke, k.name) ?>
									<?cs /if ?>
								</span>
							</li>
						<?cs /each ?>
					</ul>
				<?cs /if ?>
			</section>
			<section class="c-module" aria-labelledby="k2">
				<?cs call:strip("k2", Lang.keys.new, "") ?>
				<div class="c-module__body">
					<?cs if:#Keys.full ?>
						<p class="u-mute"><?cs var:Lang.keys.full ?></p>
					<?cs else ?>
						<?cs call:form_open("/settings/keys") ?>
							<input type="hidden" name="do" value="add">
							<?cs call:field_text("name", Lang.keys.name, Lang.keys.name_hint) ?>
							<?cs call:field_select("rights", Lang.keys.sees, "") ?>
						<?cs call:form_close(Lang.keys.add, "") ?>
					<?cs /if ?>
				</div>
			</section>
			<section class="c-module" aria-labelledby="k3">
				<?cs call:strip("k3", Lang.keys.how, "") ?>
				<div class="c-module__body l-stack">
					<p><?cs var:Lang.keys.how_text ?></p>
					<p><code>curl -H "Authorization: Bearer …" …/csv/P1/2026-11.csv</code></p>
					<p class="u-mute">/csv/P1/2026-11-22.csv · /csv/P1/2026.csv · /csv/P1/months.csv · /files/P1/P1_months.csv · /api/v1/site · /api/v1/devices · /api/v1/live · /api/v1/series · /api/v1/events · /metrics · /healthz</p>
				</div>
			</section>
		</div>
	</div>
</main>
