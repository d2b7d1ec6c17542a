"""The cellar: how a page is drawn, sent and leafed through. Knows HTML, nothing of the business."""
