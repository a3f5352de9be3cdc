<?cs #
	Breakers.n,
	Breakers.breaker.N.{plate,name,path,position,word,since,who,cause,current,state,condition,zone,panel},
	Breakers.breaker.N.act.N.{button,path,off}
?>
<?cs include!"layout.cs" ?>
<?cs include!"breaker_parts.cs" ?>

<?cs def:breaker(b) ?>
	<li class="c-breaker<?cs if:b.position == "tripped" ?> is-trip<?cs /if ?>">
		<?cs call:breaker_symbol(b.position) ?>
		<div>
			<p><span class="c-plate"><?cs var:b.plate ?></span> <a href="<?cs var:b.path ?>"><?cs var:b.name ?></a><?cs if:b.zone ?> <span class="u-mute"><?cs var:b.zone ?></span><?cs /if ?></p>
			<p class="c-breaker__pos"><?cs var:b.word ?></p>
			<?cs call:breaker_facts(b) ?>
		</div>
		<?cs call:breaker_acts(b) ?>
	</li>
<?cs /def ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.breaker.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.breaker.text ?></p>
		</div>
	</div>
	<?cs if:#Breakers.n == #0 ?>
		<section class="c-module c-empty">
			<div class="c-module__body">
				<?cs call:icon("unplug") ?>
				<h2><?cs var:Lang.breaker.empty ?></h2>
				<p><?cs var:Lang.breaker.empty_text ?></p>
			</div>
		</section>
	<?cs else ?>
		<section class="c-module" aria-labelledby="b-all">
			<?cs call:strip("b-all", Lang.breaker.positions, Lang.breaker.note) ?>
			<div class="c-module__body c-module__body--flush">
				<ul class="c-breakers">
					<?cs each:b = Breakers.breaker ?><?cs call:breaker(b) ?><?cs /each ?>
				</ul>
			</div>
		</section>
	<?cs /if ?>
</main>
