<?cs #
	Page.static
?>
<?cs # What charts of bars share: figures beside the bars, and lines behind them. ?>

<?cs def:axis(list) ?>
	<svg aria-hidden="true">
		<?cs each:a = list ?>
			<text x="78%" y="<?cs var:a.y ?>" dy="4" text-anchor="end"><?cs var:a.text ?></text>
		<?cs /each ?>
	</svg>
<?cs /def ?>

<?cs def:grid(list) ?>
	<?cs each:a = list ?>
		<line class="<?cs if:first(a) ?>base<?cs else ?>grid<?cs /if ?>"
			x1="0" x2="100%" y1="<?cs var:a.y ?>" y2="<?cs var:a.y ?>"/>
	<?cs /each ?>
<?cs /def ?>
