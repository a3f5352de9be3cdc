<?cs #
	Ftp.{n,full},
	Ftp.to.N.{id,name,user,fares,state,says,said,tested}
?>
<?cs include!"post.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.ftp.title ?></h1>
			<p class="l-head__sub"><?cs var:Lang.ftp.text ?></p>
		</div>
		<?cs if:!#Ftp.full ?>
			<div class="c-tools">
				<a class="c-btn c-btn--primary" href="/settings/ftp/new"><?cs call:icon("plus") ?><?cs var:Lang.ftp.add ?></a>
			</div>
		<?cs /if ?>
	</div>
	<div class="l-grid l-grid--side">
		<?cs call:settings_side("ftp") ?>
		<div class="l-stack">
			<?cs call:form_done() ?>
			<?cs if:#Ftp.n == #0 ?>
				<section class="c-module c-empty">
					<div class="c-module__body">
						<?cs call:icon("server") ?>
						<h2><?cs var:Lang.ftp.empty ?></h2>
						<p><?cs var:Lang.ftp.empty_text ?></p>
					</div>
				</section>
			<?cs /if ?>
			<?cs each:s = Ftp.to ?>
				<section class="c-module" aria-labelledby="s<?cs var:s.id ?>">
					<?cs call:strip("s" + s.id, s.name, s.user) ?>
					<div class="c-module__body l-stack">
						<p><?cs var:s.fares ?></p>
						<?cs if:s.says ?><?cs call:notice("warn", "", "triangle-alert", s.says, s.said) ?><?cs /if ?>
						<div class="c-actions">
							<a class="c-btn" href="/settings/ftp/<?cs var:s.id ?>" aria-label="<?cs var:Lang.ftp.change ?> <?cs var:s.name ?>"><?cs var:Lang.ftp.change ?></a>
						</div>
					</div>
				</section>
			<?cs /each ?>
		</div>
	</div>
</main>
