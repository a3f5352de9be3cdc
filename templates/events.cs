<?cs #
	Events.n, Events.people, Events.nothing, Events.paged, Events.older,
	Events.event.N.{at,severity,says,who,source,href,act}
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<?cs def:event(e) ?>
	<li>
		<span class="c-events__at"><?cs var:e.at ?></span>
		<span>
			<span class="c-events__what c-events__what--<?cs var:e.severity ?>">
				<?cs if:e.severity == "alarm" ?><span class="u-hidden"><?cs var:Lang.events.alarm ?></span><?cs /if ?>
				<?cs if:e.severity == "warning" ?><span class="u-hidden"><?cs var:Lang.events.warning ?></span><?cs /if ?>
				<?cs var:e.says ?>
			</span>
			<?cs if:e.href ?><a href="<?cs var:e.href ?>"><?cs var:e.act ?></a><?cs /if ?>
			<?cs if:e.who ?><span class="u-mute"><?cs var:e.who ?><?cs if:e.source ?>, <?cs var:e.source ?><?cs /if ?></span><?cs /if ?>
		</span>
	</li>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.menu.events ?></h1>
			<p class="l-head__sub"><?cs var:Lang.events.newest ?></p>
		</div>
	</div>
	<section class="c-module" aria-labelledby="e1">
		<?cs call:strip("e1", Lang.events.filter, Lang.events.day_hint) ?>
		<form class="c-module__body c-filter" method="get" action="/events" novalidate>
			<?cs call:form_wrong() ?>
			<?cs call:field_select("least", Lang.events.severity, "") ?>
			<?cs if:#Events.people ?><?cs call:field_select("from", Lang.events.whose, "") ?><?cs /if ?>
			<?cs call:field_select("device", Lang.events.device, "") ?>
			<?cs call:field_text("day", Lang.events.day, "") ?>
			<button class="c-btn" type="submit"><?cs var:Lang.events.apply ?></button>
		</form>
	</section>
	<section class="c-module u-below" aria-labelledby="e2">
		<?cs call:strip("e2", Lang.menu.events, "") ?>
		<div class="c-module__body">
			<?cs if:#Events.n > #0 ?>
				<ul class="c-events">
					<?cs each:e = Events.event ?><?cs call:event(e) ?><?cs /each ?>
				</ul>
			<?cs else ?>
				<p><?cs var:Events.nothing ?></p>
			<?cs /if ?>
		</div>
		<?cs if:#Events.paged || Events.older ?>
			<p class="c-module__foot">
				<?cs if:Events.older ?><a class="c-btn c-btn--s" href="<?cs var:Events.older ?>"><?cs var:Lang.events.older ?></a><?cs /if ?>
				<?cs if:#Events.paged ?><a class="c-btn c-btn--s" href="/events"><?cs var:Lang.events.first ?></a><?cs /if ?>
			</p>
		<?cs /if ?>
	</section>
</main>
