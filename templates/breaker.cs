<?cs #
	Breaker.plate, Breaker.name, Breaker.meter, Breaker.position, Breaker.word, Breaker.since,
	Breaker.who, Breaker.cause, Breaker.current, Breaker.state, Breaker.condition, Breaker.zone, Breaker.panel,
	Breaker.act.N.{button,path,off},
	Breaker.event.N.{t,says,alarm}
?>
<?cs include!"layout.cs" ?>
<?cs include!"breaker_parts.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><span class="c-plate"><?cs var:Breaker.plate ?></span> <?cs var:Breaker.name ?></h1>
			<p class="l-head__sub">
				<?cs if:Breaker.panel ?><span><?cs var:Breaker.panel ?></span><?cs /if ?>
				<?cs if:Breaker.zone ?><span><?cs var:Breaker.zone ?></span><?cs /if ?>
				<span class="c-state c-state--<?cs var:Breaker.state ?>"><?cs var:Breaker.condition ?></span>
			</p>
		</div>
		<div class="c-tools">
			<a class="c-btn" href="/breakers"><?cs var:Lang.breaker.all ?></a>
			<a class="c-btn" href="<?cs var:Breaker.meter ?>"><?cs call:icon("gauge") ?> <?cs var:Lang.breaker.values ?></a>
		</div>
	</div>
	<div class="l-stack">
		<section class="c-module" aria-labelledby="b-now">
			<?cs call:strip("b-now", Lang.breaker.position, Lang.breaker.note) ?>
			<div class="c-module__body">
				<div class="c-breaker<?cs if:Breaker.position == "tripped" ?> is-trip<?cs /if ?>">
					<?cs call:breaker_symbol(Breaker.position) ?>
					<div>
						<p class="c-breaker__pos"><?cs var:Breaker.word ?></p>
						<?cs call:breaker_facts(Breaker) ?>
					</div>
					<?cs call:breaker_acts(Breaker) ?>
				</div>
			</div>
		</section>
		<section class="c-module" aria-labelledby="b-log">
			<?cs call:strip("b-log", Lang.breaker.log, "") ?>
			<div class="c-module__body c-module__body--flush">
				<?cs if:Breaker.event.0.t ?>
					<ul class="c-log">
						<?cs each:e = Breaker.event ?>
							<li<?cs if:#e.alarm ?> class="is-alarm"<?cs /if ?>><span class="u-mute"><?cs var:e.t ?></span> <span><?cs var:e.says ?></span></li>
						<?cs /each ?>
					</ul>
				<?cs else ?>
					<p class="c-pad u-mute"><?cs var:Lang.breaker.no_log ?></p>
				<?cs /if ?>
			</div>
		</section>
	</div>
</main>
