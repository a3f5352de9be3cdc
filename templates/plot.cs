<?cs #
	Page.static
?>
<?cs # The history chart that chart.js draws, and the steps and zooms around it. ?>

<?cs # to the period before or after; query is "" at the end ?>
<?cs def:step(query, icon, name) ?>
	<?cs if:query ?>
		<a class="c-btn c-btn--icon c-btn--s" href="?<?cs var:query ?>">
			<?cs call:icon(icon) ?>
			<span class="u-hidden"><?cs var:name ?></span>
		</a>
	<?cs else ?>
		<span class="c-btn c-btn--icon c-btn--s is-off" aria-hidden="true"><?cs call:icon(icon) ?></span>
	<?cs /if ?>
<?cs /def ?>

<?cs # a period between the one before and the one after ?>
<?cs def:steps(p) ?>
	<?cs call:step(p.prev, "chevron-left", p.before) ?>
	<span class="c-step__t" id="period"><?cs var:p.title ?></span>
	<?cs call:step(p.next, "chevron-right", p.after) ?>
<?cs /def ?>

<?cs # how long a period is ?>
<?cs def:by(list, name) ?>
	<nav class="c-segment c-segment--wide" aria-label="<?cs var:name ?>">
		<?cs each:b = list ?>
			<a href="?<?cs var:b.query ?>"<?cs if:#b.here ?> aria-current="true"<?cs /if ?>>
				<?cs var:b.name ?>
			</a>
		<?cs /each ?>
	</nav>
<?cs /def ?>

<?cs # what thinning took from the period; "" is nothing ?>
<?cs def:merged(says) ?>
	<?cs if:says ?><p class="c-module__note"><?cs var:says ?></p><?cs /if ?>
<?cs /def ?>

<?cs def:zoom(way, icon, name) ?>
	<button class="c-btn c-btn--icon c-btn--s" type="button" data-zoom="<?cs var:way ?>">
		<?cs call:icon(icon) ?>
		<span class="u-hidden"><?cs var:name ?></span>
	</button>
<?cs /def ?>

<?cs # shown by chart.js ?>
<?cs def:zooms() ?>
	<span class="c-tools" data-zooms hidden>
		<?cs call:zoom("in", "plus", Lang.meter.zoom_in) ?>
		<?cs call:zoom("out", "minus", Lang.meter.zoom_out) ?>
		<button class="c-btn c-btn--s" type="button" data-zoom="all">
			<?cs var:Lang.meter.zoom_all ?>
		</button>
	</span>
<?cs /def ?>

<?cs # chart.js finds here the words it shows ?>
<?cs def:plot(url, medium, label) ?>
	<p class="c-chart__read" id="read" aria-live="polite"
		data-none="<?cs var:Lang.meter.none ?>"
		data-fail="<?cs var:Lang.meter.fail ?>"
		data-to="<?cs var:Lang.meter.to ?>"
		data-open="<?cs var:Lang.meter.so_far ?>"
		data-guess="<?cs var:Lang.meter.estimated ?>"
		data-missing="<?cs var:Lang.home.missing ?>"
		data-fewest="<?cs var:Lang.meter.empty ?>">&nbsp;</p>
	<div class="c-chart c-chart--<?cs var:medium ?>" id="chart"
		data-chart="<?cs var:url ?>" data-read="read"
		tabindex="0" role="img" aria-label="<?cs var:label ?>">
		<noscript><p><?cs var:Lang.meter.noscript ?></p></noscript>
	</div>
<?cs /def ?>
