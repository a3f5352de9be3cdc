<?cs #
	Form.csrf, Form.done, Form.wrong,
	Storage.{known,used,spare,left,looked,says,fills,short,doubt},
	Storage.class.N.{name},
	Storage.class.N.level.N.{name,since,keeps}
?>
<?cs include!"settings.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.storage.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.storage.text ?></p>
		</div>
	</div>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("storage") ?>
		<div class="l-stack">
			<?cs call:form_done() ?>
			<?cs if:#Storage.doubt ?>
				<section class="c-module" aria-labelledby="s0">
					<?cs call:strip("s0", Lang.storage.doubt, "") ?>
					<div class="c-module__body l-stack">
						<?cs call:notice("warn", "", "triangle-alert", "", Lang.storage.doubt_text) ?>
						<form class="c-inline" method="post" action="/settings/storage">
							<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
							<button class="c-btn" type="submit" name="do" value="clock"><?cs var:Lang.storage.doubt_button ?></button>
						</form>
					</div>
				</section>
			<?cs /if ?>
			<section class="c-module" aria-labelledby="s1">
				<?cs call:strip("s1", Lang.storage.budget, "") ?>
				<div class="c-module__body l-stack">
					<dl class="c-pairs">
						<div><dt><?cs var:Lang.storage.used ?></dt><dd><?cs var:Storage.used ?> MB</dd></div>
						<div><dt><?cs var:Lang.storage.spare ?></dt><dd><?cs var:Storage.spare ?> MB</dd></div>
						<div><dt><?cs var:Lang.storage.left ?></dt><dd><?cs var:Storage.left ?> MB</dd></div>
					</dl>
					<?cs call:form_open("/settings/storage") ?>
						<?cs call:field_number("mb", Lang.storage.field, Lang.storage.hint, "MB") ?>
						<?cs if:#Storage.known ?>
							<div class="c-notice" id="forecast"<?cs if:#Storage.looked ?> role="status"<?cs /if ?>>
								<?cs call:icon("info") ?>
								<div class="c-notice__b">
									<p><?cs var:Storage.says ?></p>
									<?cs if:Storage.fills ?><p><?cs var:Storage.fills ?></p><?cs /if ?>
									<?cs if:#Storage.looked ?><p><?cs var:Lang.storage.not_saved ?></p><?cs /if ?>
								</div>
							</div>
							<?cs if:Storage.short ?><?cs call:notice("warn", "", "triangle-alert", "", Storage.short) ?><?cs /if ?>
						<?cs else ?>
							<?cs call:notice("", "", "info", "", Lang.storage.unknown) ?>
						<?cs /if ?>
						<div class="c-actions">
							<button class="c-btn c-btn--primary" type="submit" name="do" value="save"><?cs var:Lang.storage.save ?></button>
							<button class="c-btn" type="submit" name="do" value="look"><?cs var:Lang.storage.look ?></button>
						</div>
					</form>
				</div>
			</section>
			<section class="c-module" aria-labelledby="s2">
				<?cs call:strip("s2", Lang.storage.kept, "") ?>
				<div class="c-module__body c-module__body--flush">
					<table class="c-table">
						<thead>
							<tr>
								<th scope="col"><?cs var:Lang.storage.what ?></th>
								<th scope="col"><?cs var:Lang.storage.since ?></th>
								<th scope="col"><?cs var:Lang.storage.keeps ?></th>
							</tr>
						</thead>
						<?cs each:k = Storage.class ?>
							<tbody>
								<tr><th scope="rowgroup" colspan="3"><strong><?cs var:k.name ?></strong></th></tr>
								<?cs each:l = k.level ?>
									<tr>
										<td><?cs var:l.name ?></td>
										<td><?cs call:or_dash(l.since) ?></td>
										<td><?cs call:or_dash(l.keeps) ?></td>
									</tr>
								<?cs /each ?>
							</tbody>
						<?cs /each ?>
					</table>
				</div>
				<div class="c-module__body">
					<p class="c-field__hint"><?cs var:Lang.storage.always ?></p>
				</div>
			</section>
		</div>
	</div>
</main>
