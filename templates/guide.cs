<?cs #
	Guide.over, Guide.step.N.{name,text,path,done,next}
?>
<?cs include!"layout.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.guide.title ?></h1>
			<p class="l-head__sub"><?cs if:#Guide.over ?><?cs var:Lang.guide.over ?><?cs else ?><?cs var:Lang.guide.text ?><?cs /if ?></p>
		</div>
		<a class="c-btn<?cs if:#Guide.over ?> c-btn--primary<?cs /if ?>" href="/"><?cs var:Lang.guide.home ?></a>
	</div>
	<section class="c-module l-narrow" aria-labelledby="g1">
		<?cs call:strip("g1", Lang.guide.steps, "") ?>
		<ol class="c-people">
			<?cs each:s = Guide.step ?>
				<li<?cs if:#s.next ?> aria-current="step"<?cs /if ?>>
					<div>
						<b><?cs var:s.name ?></b>
						<p class="u-mute"><?cs var:s.text ?></p>
					</div>
					<span class="c-state<?cs if:!#s.done ?> c-state--idle<?cs /if ?>"><?cs if:#s.done ?><?cs var:Lang.guide.done ?><?cs else ?><?cs var:Lang.guide.open ?><?cs /if ?></span>
					<?cs if:s.path ?>
						<a class="c-btn c-btn--s<?cs if:#s.next ?> c-btn--primary<?cs /if ?>" href="<?cs var:s.path ?>" aria-label="<?cs if:#s.done ?><?cs var:Lang.guide.look ?><?cs else ?><?cs var:Lang.guide.go ?><?cs /if ?>: <?cs var:s.name ?>"><?cs if:#s.done ?><?cs var:Lang.guide.look ?><?cs else ?><?cs var:Lang.guide.go ?><?cs /if ?></a>
					<?cs /if ?>
				</li>
			<?cs /each ?>
		</ol>
	</section>
</main>
