<?cs #
	Page.user, Page.board, Page.time
?>
<?cs if:?Page.user ?>
	<footer class="c-foot">
		<span>
			<?cs var:Lang.foot.product ?>
			<?cs if:Page.board ?> · <?cs var:Lang.board ?> <?cs var:Page.board ?><?cs /if ?>
		</span>
		<span><?cs var:Page.time ?></span>
		<a href="/about"><?cs var:Lang.menu.about ?></a>
	</footer>
<?cs /if ?>
</body>
</html>
