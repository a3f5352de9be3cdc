<?cs #
	Form.csrf, Form.known,
	Test.{at,address,letter,state,fares,says,said,trying}
?>
<?cs include!"post.cs" ?>

<main class="l-page" id="main"<?cs if:#Test.trying ?> data-renew="2"<?cs /if ?>>
	<?cs call:post_head(Lang.post.mail, Lang.post.mail_text) ?>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("mail") ?>
		<div class="l-stack l-narrow">
			<?cs call:form_done() ?>
			<div data-part="test"><?cs call:post_result(Test) ?></div>
			<section class="c-module" aria-labelledby="m1">
				<?cs call:strip("m1", Lang.post.server, "") ?>
				<div class="c-module__body">
					<?cs call:form_open("/settings/mail") ?>
						<?cs call:field_text("host", Lang.post.host, Lang.post.host_hint) ?>
						<?cs call:field_choice("security", Lang.post.security) ?>
						<?cs call:field_number("port", Lang.post.port, Lang.post.port_hint, "") ?>
						<?cs call:field_text("user", Lang.post.user, Lang.post.user_hint) ?>
						<?cs if:#Form.known ?>
							<?cs call:field_secret("password", Lang.post.password, Lang.post.password_kept) ?>
						<?cs else ?>
							<?cs call:field_secret("password", Lang.post.password, "") ?>
						<?cs /if ?>
						<?cs call:field_text("sender", Lang.post.sender, Lang.post.sender_hint) ?>
						<?cs call:field_text("trust", Lang.post.trust, Lang.post.trust_hint) ?>
						<?cs call:field_choice("events", Lang.post.events) ?>
						<?cs call:field_text("to", Lang.post.to, Lang.post.to_hint) ?>
						<div class="c-actions">
							<button class="c-btn c-btn--primary" type="submit" name="do" value="save"><?cs var:Lang.post.save ?></button>
							<button class="c-btn" type="submit" name="do" value="test"><?cs var:Lang.post.save_test ?></button>
						</div>
					</form>
				</div>
			</section>
		</div>
	</div>
</main>
