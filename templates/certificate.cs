<?cs #
	Page.again,
	Certificate.{known,names,issuer,key,fingerprint,chain,own,asked,from,until,ends,kind,says}
?>
<?cs include!"settings.cs" ?>

<?cs def:fact(name, text) ?>
	<div><dt><?cs var:name ?></dt><dd><?cs call:or_dash(text) ?></dd></div>
<?cs /def ?>

<main class="l-page" id="main"<?cs if:#Page.again ?> data-renew="<?cs var:#Page.again ?>"<?cs /if ?>>
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.certificate.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.certificate.text ?></p>
		</div>
	</div>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("certificate") ?>
		<div class="l-stack">
			<div role="status" data-part="outcome">
				<?cs if:Certificate.kind == "alarm" ?>
					<?cs call:notice("alarm", "", "octagon-alert", "", Certificate.says) ?>
				<?cs elif:Certificate.says ?>
					<?cs call:notice("", "", "info", "", Certificate.says) ?>
				<?cs /if ?>
			</div>
			<?cs if:Certificate.ends ?><?cs call:notice("warn", "", "triangle-alert", "", Certificate.ends) ?><?cs /if ?>
			<section class="c-module" aria-labelledby="s1" data-part="served">
				<?cs call:strip("s1", Lang.certificate.served, "") ?>
				<div class="c-module__body l-stack">
					<?cs if:#Certificate.known ?>
						<dl class="c-pairs c-pairs--long">
							<?cs call:fact(Lang.certificate.names, Certificate.names) ?>
							<?cs call:fact(Lang.certificate.issuer, Certificate.issuer) ?>
							<?cs call:fact(Lang.certificate.from, Certificate.from) ?>
							<?cs call:fact(Lang.certificate.until, Certificate.until) ?>
							<?cs call:fact(Lang.certificate.key, Certificate.key) ?>
							<?cs if:#Certificate.chain ?><?cs call:fact(Lang.certificate.chain, Certificate.chain) ?><?cs /if ?>
							<?cs call:fact(Lang.certificate.fingerprint, Certificate.fingerprint) ?>
						</dl>
						<?cs if:#Certificate.own ?><p class="c-field__hint"><?cs var:Lang.certificate.own_hint ?></p><?cs /if ?>
					<?cs else ?>
						<p><?cs var:Lang.certificate.unknown ?></p>
					<?cs /if ?>
				</div>
			</section>
			<section class="c-module" aria-labelledby="s2">
				<?cs call:strip("s2", Lang.certificate.other, "") ?>
				<div class="c-module__body l-stack">
					<?cs if:Certificate.asked ?><p><?cs var:Lang.certificate.request_waits ?> <b><?cs var:Certificate.asked ?></b></p><?cs /if ?>
					<div class="c-actions">
						<a class="c-btn c-btn--primary" href="/settings/certificate/put"><?cs var:Lang.certificate.put ?></a>
						<a class="c-btn" href="/settings/certificate/request"><?cs var:Lang.certificate.request ?></a>
						<a class="c-btn" href="/settings/certificate/own"><?cs var:Lang.certificate.own ?></a>
					</div>
				</div>
			</section>
		</div>
	</div>
</main>
