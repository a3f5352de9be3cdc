<?cs #
	Form.csrf, Form.wrong, Page.again,
	Breaker.plate, Breaker.name, Breaker.path, Breaker.position, Breaker.word, Breaker.since,
	Breaker.who, Breaker.current, Breaker.state, Breaker.condition,
	Operate.command, Operate.button, Operate.barred, Operate.cuts, Operate.feeds.{n,zone,what},
	Operate.feeds.device.N.{plate,name},
	Operate.job.{id,running,word,kind,answer,advice,at,who,reason},
	Operate.job.exchange.N.{asked,printed,state,says,sent,got},
	Operate.job.exchange.N.value.N.{name,address,missing,value.n,value.u}
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>
<?cs include!"exchange.cs" ?>
<?cs include!"breaker_parts.cs" ?>

<?cs # who loses supply, as far as the site says ?>
<?cs def:feeds() ?>
	<div class="c-notice c-notice--warn">
		<?cs call:icon("triangle-alert") ?>
		<div class="c-notice__b">
			<h2><?cs if:#Operate.cuts ?><?cs var:Lang.operate.loses ?><?cs else ?><?cs var:Lang.operate.gets ?><?cs /if ?></h2>
			<?cs if:Operate.feeds.what ?>
				<p><b><?cs var:Operate.feeds.what ?></b></p>
				<p><?cs var:Lang.operate.drawing ?></p>
			<?cs elif:#Operate.feeds.n > #0 ?>
				<p><?cs var:Lang.operate.zone ?> <?cs var:Operate.feeds.zone ?>:</p>
				<ul class="c-feeds">
					<?cs each:d = Operate.feeds.device ?><li><span class="c-plate"><?cs var:d.plate ?></span> <?cs var:d.name ?></li><?cs /each ?>
				</ul>
				<p><?cs var:Lang.operate.drawing ?></p>
			<?cs else ?>
				<p><?cs var:Lang.operate.not_stated ?></p>
			<?cs /if ?>
		</div>
	</div>
<?cs /def ?>

<?cs def:operate_form() ?>
	<section class="c-module" aria-labelledby="o-form">
		<?cs call:strip("o-form", Operate.button, Lang.breaker.note) ?>
		<div class="c-module__body">
			<?cs if:#Operate.barred ?>
				<?cs call:notice("alarm", "", "octagon-alert", Breaker.word, Lang.operate.barred) ?>
				<p class="c-actions c-gap"><a class="c-btn" href="<?cs var:Breaker.path ?>"><?cs var:Lang.operate.back ?></a></p>
			<?cs else ?>
				<form class="c-form" method="post" action="<?cs var:Breaker.path ?>/operate" autocomplete="off" novalidate>
					<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
					<input type="hidden" name="command" value="<?cs var:Operate.command ?>">
					<?cs call:form_wrong() ?>
					<?cs call:feeds() ?>
					<?cs call:field_text("reason", Lang.operate.reason, Lang.operate.reason_hint) ?>
					<?cs call:field_pin("pin", Lang.ratify.pin, Lang.ratify.hint) ?>
					<?cs call:form_close(Operate.button, Breaker.path) ?>
			<?cs /if ?>
		</div>
	</section>
<?cs /def ?>

<?cs def:operate_job() ?>
	<section class="c-module" aria-labelledby="o-job" data-part="answer">
		<div class="c-module__strip">
			<h2 id="o-job"><?cs var:Lang.operate.title ?></h2>
			<span class="c-module__note"><?cs var:Operate.job.at ?>, <?cs var:Operate.job.who ?></span>
		</div>
		<div class="c-module__body l-stack">
			<?cs call:job_answer(Operate.job) ?>
			<?cs if:Operate.job.reason ?><p class="u-mute"><?cs var:Lang.operate.reason ?>: <?cs var:Operate.job.reason ?></p><?cs /if ?>
			<?cs if:!#Operate.job.running ?>
				<p class="c-actions"><a class="c-btn c-btn--primary" href="<?cs var:Breaker.path ?>"><?cs var:Lang.operate.back ?></a></p>
			<?cs /if ?>
			<details class="c-disclose">
				<summary><?cs call:icon("table") ?> <?cs var:Lang.test.asked ?></summary>
				<?cs call:exchanges(Operate.job) ?>
			</details>
		</div>
	</section>
<?cs /def ?>

<?cs def:operate_now() ?>
	<section class="c-module" aria-labelledby="o-now" data-part="now">
		<?cs call:strip("o-now", Lang.breaker.position, "") ?>
		<div class="c-module__body">
			<div class="c-breaker<?cs if:Breaker.position == "tripped" ?> is-trip<?cs /if ?>">
				<?cs call:breaker_symbol(Breaker.position) ?>
				<div>
					<p class="c-breaker__pos"><?cs var:Breaker.word ?></p>
					<?cs call:breaker_facts(Breaker) ?>
				</div>
			</div>
		</div>
	</section>
<?cs /def ?>

<main class="l-page"<?cs call:job_main() ?>>
	<div class="l-head">
		<div class="l-head__main">
			<h1><span class="c-plate"><?cs var:Breaker.plate ?></span> <a class="c-quiet" href="<?cs var:Breaker.path ?>"><?cs var:Breaker.name ?></a></h1>
		</div>
	</div>
	<div class="l-stack">
		<?cs # an answer is newer than what was read before it ?>
		<?cs if:?Operate.job.id ?>
			<?cs call:operate_job() ?>
		<?cs else ?>
			<?cs call:operate_now() ?>
			<?cs call:operate_form() ?>
		<?cs /if ?>
	</div>
</main>
