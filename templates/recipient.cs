<?cs #
	Form.csrf,
	Recipient.{id,address,ask},
	Test.{at,address,letter,state,fares,says,said,trying}
?>
<?cs include!"post.cs" ?>

<?cs def:recipient_now(what, name) ?>
	<button class="c-btn" type="submit" name="do" value="<?cs var:what ?>"><?cs var:name ?></button>
<?cs /def ?>

<main class="l-page" id="main"<?cs if:#Test.trying ?> data-renew="2"<?cs /if ?>>
	<?cs if:#Recipient.id ?>
		<?cs call:post_head(Recipient.address, "") ?>
	<?cs else ?>
		<?cs call:post_head(Lang.reports.add, "") ?>
	<?cs /if ?>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("reports") ?>
		<div class="l-stack l-narrow">
			<div data-part="test"><?cs call:post_result(Test) ?></div>
			<?cs if:#Recipient.ask ?>
				<section class="c-module" aria-labelledby="a1">
					<?cs call:strip("a1", Lang.reports.remove, "") ?>
					<div class="c-module__body l-stack">
						<p><?cs var:Lang.reports.remove_text ?></p>
						<div class="c-actions">
							<form class="c-inline" method="post" action="/settings/reports/<?cs var:Recipient.id ?>">
								<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
								<button class="c-btn c-btn--danger" type="submit" name="do" value="remove"><?cs var:Lang.reports.remove ?></button>
							</form>
							<a class="c-btn" href="/settings/reports/<?cs var:Recipient.id ?>"><?cs var:Lang.form.cancel ?></a>
						</div>
					</div>
				</section>
			<?cs else ?>
				<section class="c-module" aria-labelledby="a2">
					<?cs call:strip("a2", Lang.reports.recipient, "") ?>
					<div class="c-module__body">
						<?cs if:#Recipient.id ?><form class="c-form" method="post" action="/settings/reports/<?cs var:Recipient.id ?>" novalidate><?cs else ?><form class="c-form" method="post" action="/settings/reports/new" novalidate><?cs /if ?>
							<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
							<?cs call:form_wrong() ?>
							<?cs call:field_text("address", Lang.reports.address, "") ?>
							<?cs call:field_choice("lang", Lang.language) ?>
							<?cs call:field_tick("daily", Lang.reports.daily, Lang.reports.daily_hint) ?>
							<?cs call:field_tick("weekly", Lang.reports.weekly, Lang.reports.weekly_hint) ?>
							<?cs call:field_tick("monthly", Lang.reports.monthly, Lang.reports.monthly_hint) ?>
							<?cs call:field_tick("events", Lang.reports.events, Lang.reports.events_hint) ?>
							<?cs call:form_close(Lang.reports.save, "/settings/reports") ?>
					</div>
				</section>
				<?cs if:#Recipient.id ?>
					<section class="c-module" aria-labelledby="a3">
						<?cs call:strip("a3", Lang.reports.now, "") ?>
						<div class="c-module__body l-stack">
							<p><?cs var:Lang.reports.now_text ?></p>
							<form class="c-actions" method="post" action="/settings/reports/<?cs var:Recipient.id ?>">
								<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
								<?cs call:recipient_now("daily", Lang.reports.now_daily) ?>
								<?cs call:recipient_now("weekly", Lang.reports.now_weekly) ?>
								<?cs call:recipient_now("monthly", Lang.reports.now_monthly) ?>
							</form>
						</div>
					</section>
					<div class="c-actions"><a class="c-btn c-btn--quiet" href="/settings/reports/<?cs var:Recipient.id ?>?ask=remove"><?cs var:Lang.reports.remove_dots ?></a></div>
				<?cs /if ?>
			<?cs /if ?>
		</div>
	</div>
</main>
