<?cs #
	Form.csrf
?>
<?cs include!"layout.cs" ?>
<?cs include!"form.cs" ?>

<main class="l-page" id="main">
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:Lang.traffic.reset ?></h1>
		</div>
	</div>
	<section class="c-module l-narrow" aria-labelledby="r1">
		<?cs call:strip("r1", Lang.line.remove_what, "") ?>
		<div class="c-module__body">
			<form class="c-form" method="post" action="/gateway/reset">
				<input type="hidden" name="csrf" value="<?cs var:Form.csrf ?>">
				<?cs call:form_wrong() ?>
				<p><?cs var:Lang.traffic.reset_text ?></p>
				<?cs call:form_close(Lang.traffic.reset, "/gateway") ?>
		</div>
	</section>
</main>
