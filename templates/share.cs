<?cs #
	Form.csrf,
	Share.{host,password,plain,trying,away},
	Share.found.N.{name,says,said,good}
?>
<?cs include!"post.cs" ?>

<main class="l-page" id="main"<?cs if:#Share.trying ?> data-renew="2"<?cs /if ?>>
	<?cs call:post_head(Lang.share.title, Lang.share.text) ?>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("share") ?>
		<div class="l-stack l-narrow">
			<?cs call:form_done() ?>
			<div class="l-stack" data-part="state">
				<?cs if:#Share.trying ?><?cs call:notice("", "status", "refresh-cw", "", Lang.share.testing) ?><?cs /if ?>
				<?cs if:Share.away ?><?cs call:notice("warn", "status", "triangle-alert", "", Share.away) ?><?cs /if ?>
				<?cs each:f = Share.found ?>
					<?cs if:#f.good ?>
						<?cs call:notice("", "status", "circle-check", f.name + " " + f.says, f.said) ?>
					<?cs else ?>
						<?cs call:notice("warn", "status", "triangle-alert", f.name + " " + f.says, f.said) ?>
					<?cs /if ?>
				<?cs /each ?>
			</div>
			<?cs if:Share.password ?>
				<section class="c-module" aria-labelledby="p1">
					<?cs call:strip("p1", Lang.share.password, "") ?>
					<div class="c-module__body l-stack" role="status">
						<p class="c-readout"><span id="password"><?cs var:Share.password ?></span></p>
						<?cs call:notice("warn", "", "eye", "", Lang.share.once) ?>
					</div>
				</section>
			<?cs /if ?>
			<section class="c-module" aria-labelledby="h1">
				<?cs call:strip("h1", Lang.share.switches, "") ?>
				<div class="c-module__body">
					<?cs call:form_open("/settings/share") ?>
						<?cs call:field_choice("smb", Lang.share.smb) ?>
						<?cs call:field_choice("ftp", Lang.share.ftp) ?>
						<?cs call:notice("warn", "", "triangle-alert", "", Lang.share.warning) ?>
						<?cs call:field_tick("sure", Lang.share.sure, "") ?>
						<?cs call:field_pin("pin", Lang.share.pin, "") ?>
						<div class="c-actions">
							<button class="c-btn c-btn--primary" type="submit" name="do" value="save"><?cs var:Lang.share.save ?></button>
							<button class="c-btn" type="submit" name="do" value="password"><?cs var:Lang.share.make ?></button>
						</div>
					</form>
				</div>
			</section>
			<form class="c-inline" method="post" action="/settings/share">
				<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
				<div class="c-actions"><button class="c-btn" type="submit" name="do" value="test"><?cs var:Lang.share.test ?></button></div>
			</form>
			<section class="c-module" aria-labelledby="h2">
				<?cs call:strip("h2", Lang.share.how, "") ?>
				<div class="c-module__body">
					<dl class="c-pairs">
						<div><dt><?cs var:Lang.share.windows ?></dt><dd>\\<?cs var:Share.host ?>\mews</dd></div>
						<div><dt><?cs var:Lang.share.other ?></dt><dd>smb:&#47;/<?cs var:Share.host ?>/mews</dd></div>
						<div><dt>FTP</dt><dd><?cs var:Share.host ?>, <?cs var:Lang.share.ftp_port ?></dd></div>
						<div><dt><?cs var:Lang.share.account ?></dt><dd>mews-share</dd></div>
					</dl>
				</div>
			</section>
		</div>
	</div>
</main>
