<?cs #
	Error.title, Error.text, Error.status
?>
<?cs include!"layout.cs" ?>

<main class="l-page l-error" id="main"<?cs if:Error.status == "503" ?> data-again="5"<?cs /if ?>>
	<div class="c-module">
		<?cs call:title_strip(Error.title, Error.status) ?>
		<div class="c-module__body l-stack">
			<p><?cs var:Error.text ?></p>
			<p><a class="c-btn c-btn--primary" href="/"><?cs var:Lang.error.home ?></a></p>
		</div>
	</div>
</main>
