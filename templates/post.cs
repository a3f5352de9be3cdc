<?cs #
	Test.{at,address,letter,state,fares,says,said,trying}
?>
<?cs # What the pages of mail and uploads share. ?>
<?cs include!"settings.cs" ?>
<?cs include!"form.cs" ?>

<?cs # how one errand fared; the words of the other side stand below ours ?>
<?cs def:post_result(t) ?>
	<?cs if:t.fares ?>
		<div class="c-notice<?cs if:t.state == "refused" || t.state == "unknown" || t.says ?> c-notice--warn<?cs /if ?>" role="status">
			<?cs if:t.says ?><?cs call:icon("triangle-alert") ?><?cs elif:#t.trying ?><?cs call:icon("refresh-cw") ?><?cs else ?><?cs call:icon("circle-check") ?><?cs /if ?>
			<div class="c-notice__b">
				<p><b><?cs var:t.letter ?></b>, <?cs var:t.address ?>: <?cs var:t.fares ?> (<?cs var:t.at ?>)</p>
				<?cs if:t.says ?><p><?cs var:t.says ?></p><?cs /if ?>
				<?cs if:t.said ?><p><?cs var:t.said ?></p><?cs /if ?>
			</div>
		</div>
	<?cs /if ?>
<?cs /def ?>

<?cs # heading of a page of settings ?>
<?cs def:post_head(title, text) ?>
	<div class="l-head">
		<div class="l-head__main">
			<h1><?cs var:title ?></h1>
			<p class="l-head__sub"><?cs var:text ?></p>
		</div>
	</div>
<?cs /def ?>
