<?cs #
	Form.csrf, Form.known,
	Server.{id,name,user,fares,state,says,said,tested,trying,ask}
?>
<?cs include!"post.cs" ?>

<main class="l-page" id="main"<?cs if:#Server.trying ?> data-renew="2"<?cs /if ?>>
	<?cs if:#Server.id ?>
		<?cs call:post_head(Server.name, "") ?>
	<?cs else ?>
		<?cs call:post_head(Lang.ftp.add, Lang.ftp.add_text) ?>
	<?cs /if ?>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("ftp") ?>
		<div class="l-stack l-narrow">
			<?cs call:form_done() ?>
			<?cs if:#Server.id ?>
				<div class="l-stack" data-part="state">
					<?cs if:#Server.trying ?>
						<?cs call:notice("", "status", "refresh-cw", "", Lang.ftp.trying) ?>
					<?cs elif:Server.says ?>
						<?cs call:notice("warn", "status", "triangle-alert", Server.says, Server.said) ?>
					<?cs elif:Server.tested ?>
						<?cs call:notice("", "status", "circle-check", "", Server.tested) ?>
					<?cs /if ?>
					<p><?cs var:Server.fares ?></p>
				</div>
			<?cs /if ?>
			<?cs if:#Server.ask ?>
				<section class="c-module" aria-labelledby="f1">
					<?cs call:strip("f1", Lang.ftp.remove, "") ?>
					<div class="c-module__body l-stack">
						<p><?cs var:Lang.ftp.remove_text ?></p>
						<div class="c-actions">
							<form class="c-inline" method="post" action="/settings/ftp/<?cs var:Server.id ?>">
								<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
								<button class="c-btn c-btn--danger" type="submit" name="do" value="remove"><?cs var:Lang.ftp.remove ?></button>
							</form>
							<a class="c-btn" href="/settings/ftp/<?cs var:Server.id ?>"><?cs var:Lang.form.cancel ?></a>
						</div>
					</div>
				</section>
			<?cs else ?>
				<section class="c-module" aria-labelledby="f2">
					<?cs call:strip("f2", Lang.post.server, "") ?>
					<div class="c-module__body">
						<?cs if:#Server.id ?><form class="c-form" method="post" action="/settings/ftp/<?cs var:Server.id ?>" novalidate><?cs else ?><form class="c-form" method="post" action="/settings/ftp/new" novalidate><?cs /if ?>
							<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
							<?cs call:form_wrong() ?>
							<?cs call:field_choice("kind", Lang.ftp.kind) ?>
							<?cs call:field_text("host", Lang.post.host, "") ?>
							<?cs call:field_number("port", Lang.post.port, Lang.ftp.port_hint, "") ?>
							<?cs call:field_text("path", Lang.ftp.path, Lang.ftp.path_hint) ?>
							<?cs call:field_text("user", Lang.post.user, "") ?>
							<?cs if:#Form.known ?>
								<?cs call:field_secret("password", Lang.post.password, Lang.post.password_kept) ?>
							<?cs else ?>
								<?cs call:field_secret("password", Lang.post.password, "") ?>
							<?cs /if ?>
							<?cs call:field_text("trust", Lang.post.trust, Lang.ftp.trust_hint) ?>
							<?cs call:field_tick("active", Lang.ftp.active, "") ?>
							<div class="c-actions">
								<button class="c-btn c-btn--primary" type="submit" name="do" value="save"><?cs var:Lang.post.save ?></button>
								<button class="c-btn" type="submit" name="do" value="test"><?cs var:Lang.ftp.save_test ?></button>
								<a class="c-btn" href="/settings/ftp"><?cs var:Lang.form.cancel ?></a>
							</div>
						</form>
					</div>
				</section>
				<?cs if:#Server.id ?><div class="c-actions"><a class="c-btn c-btn--quiet" href="/settings/ftp/<?cs var:Server.id ?>?ask=remove"><?cs var:Lang.ftp.remove_dots ?></a></div><?cs /if ?>
			<?cs /if ?>
		</div>
	</div>
</main>
