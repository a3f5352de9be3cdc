<?cs #
	Page.static
?>
<?cs # What the pages of breakers share: cgi-bin/breaker.h sets what these draw. ?>

<?cs # IEC 60617: the position by shape, never by colour ?>
<?cs def:breaker_symbol(position) ?>
	<svg class="c-breaker__sym" viewBox="0 0 44 64" aria-hidden="true">
		<?cs if:position == "closed" ?>
			<path d="M22 4v56"/>
		<?cs elif:position == "unknown" ?>
			<path d="M22 4v14M22 46v14"/>
			<path class="is-dashed" d="M22 46V18"/>
		<?cs else ?>
			<path d="M22 4v14M22 46v14M22 46L8 22"/>
		<?cs /if ?>
		<path d="M18 14l8 8M26 14l-8 8"/>
		<?cs if:position == "tripped" ?><path d="M32 30l8 8M40 30l-8 8"/><?cs /if ?>
	</svg>
<?cs /def ?>

<?cs # since when and by whom, the current, or why it is not known ?>
<?cs def:breaker_facts(b) ?>
	<?cs if:b.position == "unknown" ?>
		<p class="c-state c-state--<?cs var:b.state ?>"><?cs var:b.condition ?></p>
	<?cs else ?>
		<p class="u-mute">
			<?cs if:b.since ?><?cs var:Lang.breaker.since ?> <?cs var:b.since ?><?cs else ?><?cs var:Lang.breaker.long ?><?cs /if ?><?cs if:b.who ?>, <?cs var:Lang.breaker.by ?> <?cs var:b.who ?><?cs /if ?><?cs if:b.current ?>, <?cs var:b.current ?><?cs /if ?>
		</p>
		<?cs if:b.position == "tripped" ?><p class="u-alarm"><?cs if:b.cause ?><?cs var:Lang.breaker.cause_is ?> <b><?cs var:b.cause ?></b>. <?cs var:Lang.breaker.find_known ?><?cs else ?><?cs var:Lang.breaker.find_cause ?><?cs /if ?></p><?cs /if ?>
	<?cs /if ?>
<?cs /def ?>

<?cs # buttons that lead to the second step ?>
<?cs def:breaker_acts(b) ?>
	<div class="c-tools c-breaker__acts">
		<?cs each:a = b.act ?>
			<?cs if:#a.off ?>
				<button class="c-btn" type="button" disabled><?cs var:a.button ?>…</button>
			<?cs else ?>
				<a class="c-btn" href="<?cs var:a.path ?>"><?cs var:a.button ?>…</a>
			<?cs /if ?>
		<?cs /each ?>
	</div>
<?cs /def ?>
