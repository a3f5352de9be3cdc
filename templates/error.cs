<?cs #
	Error.title, Error.text, Error.status, Error.again, Error.page
?>
<?cs include!"layout.cs" ?>

<main class="l-page l-error" id="main"<?cs if:#Error.again ?> data-again="5"<?cs /if ?>>
	<div class="c-module">
		<?cs call:title_strip(Error.title, Error.status) ?>
		<div class="c-module__body l-stack">
			<p><?cs var:Error.text ?></p>
			<?cs if:Error.page ?>
				<p><a class="c-btn c-btn--primary" href="<?cs var:Error.page ?>"><?cs var:Lang.error.form.button ?></a></p>
			<?cs else ?>
				<p><a class="c-btn c-btn--primary" href="/"><?cs var:Lang.error.home ?></a></p>
			<?cs /if ?>
		</div>
	</div>
</main>
