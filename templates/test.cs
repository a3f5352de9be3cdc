<?cs #
	Form.csrf, Form.wrong, Form.done, Page.again,
	Test.plate, Test.name, Test.about, Test.path, Test.device, Test.registers, Test.profile,
	Test.state, Test.condition, Test.button,
	Test.job.{id,running,word,kind,answer,advice,at,who,done,total},
	Test.job.exchange.N.{asked,printed,state,says,sent,got},
	Test.job.exchange.N.value.N.{name,address,missing,value.n,value.u}
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>
<?cs include!"exchange.cs" ?>

<?cs def:test_actions() ?>
	<div class="c-tools">
		<?cs if:Test.path ?>
			<a class="c-btn" href="<?cs var:Test.registers ?>"><?cs var:Lang.registers.title ?></a>
			<?cs if:#Test.job.running ?>
			<?cs elif:?Test.job.id ?>
				<?cs call:form_button(Test.path, "primary", "refresh-cw", Lang.test.again) ?>
			<?cs else ?>
				<?cs call:form_button(Test.path, "primary", "radar", Test.button) ?>
			<?cs /if ?>
		<?cs elif:Test.profile ?>
			<a class="c-btn" href="<?cs var:Test.profile ?>"><?cs var:Lang.test.profile ?></a>
		<?cs /if ?>
	</div>
<?cs /def ?>

<?cs def:test_result() ?>
	<section class="c-module" aria-labelledby="t-answer" data-part="answer">
		<div class="c-module__strip">
			<h2 id="t-answer"><?cs var:Lang.test.answer ?></h2>
			<span class="c-module__note"><?cs var:Test.job.at ?>, <?cs var:Test.job.who ?></span>
		</div>
		<div class="c-module__body">
			<?cs call:job_answer(Test.job) ?>
			<?cs if:#Test.job.running ?><?cs call:job_progress(Test.job, Lang.test.title) ?><?cs /if ?>
		</div>
	</section>
	<?cs if:Test.job.exchange.0.asked ?>
		<section class="c-module" aria-labelledby="t-asked" data-part="asked">
			<?cs call:strip("t-asked", Lang.test.asked, Lang.test.asked_note) ?>
			<div class="c-module__body c-module__body--flush"><?cs call:exchanges(Test.job) ?></div>
		</section>
	<?cs /if ?>
<?cs /def ?>

<main class="l-page"<?cs call:job_main() ?>>
	<div class="l-head">
		<div class="l-head__main">
			<h1>
				<?cs if:Test.plate ?><span class="c-plate"><?cs var:Test.plate ?></span> <?cs /if ?>
				<?cs if:Test.device ?>
					<a class="c-quiet" href="<?cs var:Test.device ?>"><?cs var:Test.name ?></a>
				<?cs else ?>
					<?cs var:Test.name ?>
				<?cs /if ?>
			</h1>
			<p class="l-head__sub">
				<span><?cs var:Test.about ?></span>
				<?cs if:Test.state ?><span class="c-state c-state--<?cs var:Test.state ?>"><?cs var:Test.condition ?></span><?cs /if ?>
			</p>
		</div>
		<?cs call:test_actions() ?>
	</div>
	<?cs call:form_wrong() ?>
	<div class="l-stack">
		<?cs if:?Test.job.id ?>
			<?cs call:test_result() ?>
		<?cs else ?>
			<section class="c-module c-empty">
				<div class="c-module__body">
					<?cs call:icon("radar") ?>
					<h2><?cs var:Lang.test.empty ?></h2>
					<p><?cs var:Lang.test.empty_text ?></p>
				</div>
			</section>
		<?cs /if ?>
	</div>
</main>
